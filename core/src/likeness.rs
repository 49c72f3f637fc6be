//! The known name that is most like a written one: rules suggest it.

/// The name that is most like the written one, from that likeness on: 1 is the same.
pub(crate) fn nearest<'n>(
    written: &str,
    names: impl IntoIterator<Item = &'n str>,
    least: f64,
    normalized: impl Fn(&str) -> String,
) -> Option<&'n str> {
    let written = normalized(written);
    let length = written.chars().count();
    names
        .into_iter()
        .filter_map(|name| {
            let normalized = normalized(name);
            // Comparing takes time and memory for every pair of characters, and a written name may fill a request.
            let could_be = may_be_alike(length, normalized.chars().count(), least);
            could_be.then(|| (strsim::normalized_damerau_levenshtein(&normalized, &written), name))
        })
        .filter(|(likeness, _)| *likeness >= least)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name)
}

/// Whether texts of these lengths can be as alike: at best, the shorter one stands in the longer one.
#[expect(clippy::cast_precision_loss, reason = "no text is that long")]
fn may_be_alike(one: usize, other: usize, least: f64) -> bool {
    one.min(other) as f64 >= least * one.max(other) as f64
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_most_alike_name_is_found_and_a_long_one_is_like_none() {
        let names = ["pip", "uv", "conda", "config"];
        let find = |written: &str| nearest(written, names, 0.7, str::to_lowercase);
        assert_eq!(find("CONDA"), Some("conda"));
        assert_eq!(find("pips"), Some("pip"));
        assert_eq!(find("konda"), Some("conda"));
        assert_eq!(find("confi"), Some("config"));
        assert_eq!(find(""), None);
        assert_eq!(find(&"conda".repeat(1 << 18)), None);
    }
}
