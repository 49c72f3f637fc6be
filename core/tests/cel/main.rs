//! What expressions mean, held against another implementation of CEL; and that none takes long.

mod budget;
mod same_answers;
mod support;
