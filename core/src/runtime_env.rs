//! tmp
/// tmp
pub fn read(_t: &str) {}
