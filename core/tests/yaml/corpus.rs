//! Tricky texts, by hand: what the differences between YAML 1.1, YAML 1.2 and libyaml turn on.

#[rustfmt::skip]
pub(crate) const TEXTS: &[&str] = &[
    // Nothing, and nearly nothing.
    "", " ", "\n", "\n\n  \n", "\t", " \t\n", "#", "# a", "# a\n# b\n", "---", "---\n", "--- \n", "--- #c\n",
    "...", "...\n", "---\n...\n", "---\n---\n", "~", "null", "NULL", "nUll", "\u{feff}", "\u{feff}a: 1",
    "a: 1\u{feff}", "\n\u{feff}a: 1", "a: \u{feff}b",
    // Lists and scalars.
    "[]", "- a", "a", "\"a\"", "'a'", "17", "true", "- a\n- b\n", "[a, b]", "YTogMQo=", "a b c", "|\n a\n",
    ">\n a\n b\n",
    // Tabs.
    "a:\tb", "a: \tb", "\ta: 1", " \ta: 1", "a:\n\tb: 1", "a:\n \tb: 1", "a:\n  b: 1\n\tc: 2", "a: b\t",
    "a: b\t# c", "-\ta", "- \ta", "-\t- a", "a: [\n\tb,\n\tc]", "{\n\t\"a\": 1\n}", "\t{\"a\": 1}", "a: |\n\tb",
    "a: |\n  \tb", "a: \"b\n\tc\"", "a: b\n\tc", "a: b\n \tc", "a: 1\n\t\n", "a: 1\n\t# c\n", "a:\t# c\n  b: 1",
    "a\t: 1", "\"a\"\t: 1", "?\ta", "a: 1\n \t\nb: 2", "a:\n- b\n\t- c",
    // Flow collections.
    "{", "[", "{a: 1", "[a", "{a: 1}}", "{a: 1}]", "{a: 1} b", "{a: 1} {b: 2}", "[a][b]", "{a}", "{a, b}",
    "{a: }", "{a:}", "{a:,b: 1}", "{a: 1,}", "{a: 1,,b: 2}", "{,}", "[,]", "[a,,b]", "[a,]", "{a:1}",
    "{\"a\":1}", "{'a':1}", "{\"a\" :1}", "{\"a\"\n: 1}", "{a\n: 1}", "{a: b: c}", "{a: b c}", "{a b: c}",
    "{a: [1, {b: 2}]}", "{a: 1]", "[a: 1}", "[a: 1]", "[a: 1, b]", "[{a: 1}: 2]", "{[a]: 1}", "{{a: 1}: 2}",
    "{{x}}", "a: {{x}}", "{? a : b}", "{? a}", "{?a: b}", "[?a]", "[a?b]", "{a: b?c}", "{u: http://h/p?q=1}",
    "[http://h:1/p]", "{a: ::b}", "{a: :b}", "{: a}", "{:a}", "[:]", "[-]", "[- a]", "[-a]", "[-,a]", "[--]",
    "{-: a}", "{a: -}", "{a: -1}", "{a: b#c}", "{a: b #c\n}", "{a: 'b'#c\n}", "[a\nb]", "[\"a\nb\"]",
    "{a: 1\n}", "{a:\n1}", "a: {\nb: 1\n}", "a: [\n1\n]", "a: [\n1\n]\nb: 2", "a: {b: 1}\n c: 2",
    "[a, &x b, *x]", "{a: |\n b}", "{a: >b}", "[|]", "{a: %b}", "{a: @b}", "{a: `b`}", "[a\n---\nb]", "{a: *b}",
    "{a: !!str}", "[!!int 3]", "[!!str, a]", "{a: !x}",
    // JSON, as programs write it and as they do not.
    "{\"a\": 1}\n\t", "\t\n{\"a\": 1}", "\n {\"a\": 1}\n \n", "{\"a\":\n1}", "{\"a\":\t1}", "{\"a\"\t:1}",
    "{\"a\": [b\n\t]}", "{a: b\t}", "{a: b\n\t}", "{a: b\t#c\n}", "{\"a\": \"b\tc\"}", "{\"a\": \"b\nc\"}",
    "a: {\"b\":\tc}", "{\"a\":b}", "{\"a\":-1}", "{\"a\":- 1}", "{\"a\":'b'}", "{\"a\":[1]}", "{\"a\"::1}",
    "{\"a\":}", "{\"a\":,\"b\":1}", "[\"a\":1]", "[\"a\" \"b\"]", "[\"a\"b]", "[\"a\"#b\n]", "[a \"b\"]",
    "{\"a\": \"\\u007f\"}", "{\"a\": \"\\u+041\"}", "{\"a\": \"\\u12\"}", "{\"a\": \"\\\\\"}", "{\"a\": \"\\\"}",
    "{\"a\": \"\\ud83d\\ude00\"}", "{\"<<\": {\"a\": 1}}", "{<<: {\"a\": 1}}", "{\"a\": 1, a: 2}",
    "{\"1\": a, 1: b}", "{\"a\": NaN}", "{\"a\": 1E400}", "{\"a\": .inf}", "{\"a\": -0}", "{\"a\": 1.0}",
    "{\"a\": \"b\"} # c", "{\"a\": 1}\n{\"b\": 2}", "{\"a\": 1}: 2", "{\"a\": 1}\n: 2", "- [a]\n: b", "- [a]: b",
    "- {a: b}\n  c: d", "a: [b]\n: c", "a: [b] c", "a: [b]#c", "a: [b] #c", "a: {b: c}: d", "[---]", "[--- ]",
    "[\n--- a]", "[\n---]", "[\n...\n]", "[...]", "{'a': 'b''c'}", "{'a\\': b}", "{é: [ü, {日: 本}]}",
    // Block collections.
    "a: 1", "a : 1", "a:1", "a:", "a:\n", ": a", ":a", "a: b: c", "a: b\n c: d", "a:\n b: 1\n  c: 2",
    "a:\n  b: 1\n c: 2", "a: 1\nb", "b\na: 1", "a: 1\n b: 2", " a: 1\nb: 2", "  a: 1\n  b: 2",
    "a:\n- b\n- c\nd: 1", "a:\n- b\n c", "a: - b", "- a: 1\n  b: 2", "- a: 1\n b: 2", "- - a\n  - b", "-", "- ",
    "-a", "- a\nb: 1", "a: 1\n- b", "a:\n  - b\n - c", "? a", "? a\n: b", "? a: 1\n: b", "? [a]\n: b", "?",
    "? |\n a\n: b", "a: ? b", "a: 'b' c", "a: \"b\" c", "a: \"b\"#c", "a: 'b' #c", "a: b#c", "a: b #c", "a: #c",
    "a: #c\n  b", "a: b\n  c", "a: b\n\n  c", "a: b #x\n  c", "a: b\nc", "\"a\": 1", "'a': 1", "\"a\":1",
    "'a':1", "\"a\" : 1", "\"a\nb\": 1", "a\nb: 1", "[a]: 1", "{a: 1}: 2", "[a,\nb]: 1", "a: *b", "*a: 1",
    "- &a b\n- *a : c", "- &a b\n- *a: c", "a: %b", "%a: b", "a: @b", "@a: b", "a: `b`", "a: !b", "a: &b",
    "a: &b\nc: *b", "a: &b c: d", "a: &b\n  c: d", "&a b: c", "&a\nb: c", "!x a: b", "!!map\na: 1",
    "a: !!map\n  b: 1", "a: !!seq [b]", "a: -", "a: -b", "a: ---", "a: --- b", "- ---", "a: ?", "a: ?b", "a: :",
    "a: :b", "a: b:", "a: b:\nc: d", "a: b::c", "a::b", "a: ]", "a: }", "a: ,", "a: b]", "a: |b", "a: >b",
    "a: 'b", "a: \"b", "a: 'b''c'", "a: ''", "a: ''''", "a: |", "a: |\n", "a: |\nb: 1", "a: >\nb: 1",
    // Documents and directives.
    "--- a: 1", "--- {a: 1}", "---\na: 1", "---\na: 1\n---\nb: 2", "a: 1\n---\nb: 2", "a: 1\n--- b: [",
    "a: 1\n---\n\t{", "a: 1\n...\nb: 2", "a: 1\n...\n[", "a: 1\n... b", "a: 1\n...b", "---a: 1", "--- |\n a",
    "--- >\n a", "--- !!map {a: 1}", "--- &x\na: 1", "%YAML 1.1\n---\na: 1", "%YAML 1.2\n---\na: 1",
    "%YAML 1.0\n---\na: 1", "%YAML 1.1\na: 1", "%FOO\n---\na: 1", "%TAG !e! tag:e:\n---\na: !e!x b",
    "a: !e!x b", "a: 1\n%YAML 1.1\n---\n", "a: 1\n%b", "# c\n---\na: 1", "# c\n%YAML 1.1\n---\na: 1",
    "%YAML 1.1 # c\n---\na: 1", "---\n# c\na: 1\n# d\n...\n# e", "---\n---\na: 1", "--- a\nb: 1", "---\n- a",
    "a: \"b\n---\nc\"", "a: b\n---", "a:\n---\nb", "a: |\n  b\n---\nc", "a: 1\n--- # c", "---\r\na: 1\r\n",
    // Block scalars.
    "a: |\n  b\n  c\n", "a: |\n  b\n\n", "a: |\n  b", "a: |-\n  b\n\n", "a: |+\n  b\n\n",
    "a: >\n  b\n  c\n\n  d\n   e\n  f\n", "a: |2\n   b\n", "a: |1-\n  b", "a: |-1\n  b", "a: |0\n b",
    "a: |10\n b", "a: |x\n b", "a: | # c\n  b", "a: |# c\n  b", "a: |\n    \n  b\n", "a: |\n\n\n  b\n",
    "a: |\n   b\n  c\n", "a: |\n  b\n c: 1\n", "a: |\n  b\n# c\nd: 1", "a: |\n  b\n  # c\n", "- |\n a\n- b",
    "- |\na\n- b", "a: |\nb\n", "a: >+\n\n\nb: 1", "a: |\r\n  b\r\n  c\r\n", "a: |\n  b\r  c\n",
    "a: |\n  b  \n  c\t\n", "a:\n  |\n  b", "a:\n  |\n b", "a: &x |\n  b\nc: *x", "a: !!str |\n  1\n",
    "|\na: 1", "a: >\n\n  b\n \n  c", "a: |3\n   b\n  c", "a: >-\n  b\n\n  c\n", "a: |\n  \u{85}b\n",
    // Quoted scalars.
    r#"a: "\/""#, r#"a: "\ud83d\ude00""#, r#"a: "\ud83d""#, r#"a: "\U0001f600""#, r#"a: "\U00110000""#,
    r#"a: "\x41\u0042\t\n\0\a\b\v\f\r\e\N\_\L\P\\""#, r#"a: "\q""#, r#"a: "\'""#, r#"a: "\x4""#,
    r#"a: "\u00e""#, r#"a: "\ ""#, "a: \"b\\\n  c\"", "a: \"b\\\tc\"", "a: \"b  \n  c\"", "a: \"b\n\n  c\"",
    "a: 'b\n  c'", "a: 'b\nc'", "a: \"b\nc\"", r"a: '\n'", "a: \"b\\\n\n  c\"", "{\"a\":\"\\/\"}",
    "{\"a\": \"\\u0001\"}", "'a'''", "\"a\\\"b\": 1",
    // Line breaks and characters.
    "a: 1\rb: 2", "a: 1\r\nb: 2", "a: b\u{85}c: d", "a: b\u{2028}c: d", "a: b\u{2029}c: d", "a: \"b\u{85}c\"",
    "a: \u{a0}b", "\u{a0}a: b", "a: \u{1}", "a: \u{7f}", "a: \u{80}", "a: \0", "a: \"\u{1}\"", "# \u{1}",
    "a: \u{fffe}", "a: \u{ffff}", "a: \u{fffd}", "é: ü", "日本: 語", "a: 😀", "😀: a",
    // Anchors, aliases and merges.
    "a: *x", "a: &x 1\nb: *x", "a: &x [1]\nb: *x", "&x a: *x", "a: &x [*x]", "a: &x {b: *x}",
    "a: &x 1\nb: &x 2\nc: *x", "a: &x-y_z 1\nb: *x-y_z", "a: &x.y 1", "a: &x: 1", "a: &x/y 1\nb: *x/y",
    "a: &é 1\nb: *é", "a: &", "a: & b", "a: *", "a: * b", "a: &x *y", "a: &x &y b", "a: !x !y b", "a: &x !y b",
    "a: !y &x b", "{a: &x 1, b: *x}", "{a: &x 1, *x : 2}", "{a: &x b, *x: c}", "[&x a, *x]", "[&x, *x]",
    "<<: {a: 1}\nb: 2", "a: 1\n<<: {a: 2}", "<<: {a: 1}\na: 2", "<<: [{a: 1}, {a: 2, b: 3}]", "<<: 1", "<<:",
    "<<: []", "<<: [1]", "<<: [[]]", "<<: null", "x: &x {a: 1}\ny:\n  <<: *x", "x: &x [a]\ny:\n  <<: *x",
    "x: &x [{a: 1}]\ny:\n  <<: *x", "\"<<\": {a: 1}", "'<<': 1", "!!merge <<: {a: 1}", "! <<: {a: 1}",
    "!!str <<: {a: 1}", "a: <<", "<<: {<<: {a: 1}}", "x: &x {a: &y 1}\nb: *y", "<<: &x {a: 1}\nb: *x",
    "? <<\n: {a: 1}", "x: &x <<\n*x : {a: 1}",
    // Keys.
    "1: a", "1.0: a", "1.5: a", "1e3: a", "1000000.0: a", "123456789.125: a", "0.0001: a", "0.00001: a",
    "1e-7: a", "yes: a", "Off: a", "~: a", "null: a", "a: {~: b}", ".inf: a", "-.inf: a", ".nan: a", "0x1F: a",
    "017: a", "089: a", "-0: a", "-0.0: a", "18446744073709551615: a", "9223372036854775807: a",
    "9223372036854775808: a", "1e400: a", "2001-01-01: a", "a: 1\na: 2", "a: {~: 1}\na: 2", "a: .nan\na: 1",
    "1: a\n\"1\": b", "1: a\n1.0: b", "yes: a\ntrue: b", "yes: a\n\"true\": b", "1: a\n0x1: b",
    ".nan: 1\n.nan: 2", "!!str 1: a", "!!int \"1\": a", "!!binary YQ==: b", "!!null '': a", "? {a: 1}\n: b",
    "? - a\n: b", "a: 1\nb: 2\na: 3", "\"\": a", "'': a", "a b: c", "a,b: c", "[: a", "a#b: c", "a #b: c",
    "\"a\"b: c", "0: a\n-0: b",
    // Tags.
    "a: !!str 1", "a: !!int \"1\"", "a: !!int x", "a: !!int 1.5", "a: !!int", "a: !!float 1", "a: !!float x",
    "a: !!float .inf", "a: !!float 18446744073709551615", "a: !!bool yes", "a: !!bool \"no\"", "a: !!bool 1",
    "a: !!null ~", "a: !!null x", "a: !!null", "a: !!str", "a: !!str ~", "a: !!binary YQ==", "a: !!binary '@@'",
    "a: !!binary YQ", "a: !!binary YWI=", "a: !!binary //79", "a: !!binary |\n  YW\n  I=\n", "a: !!binary",
    "a: !!timestamp 2001-01-01", "a: !!timestamp x", "a: !!timestamp 1", "a: !foo 1", "a: ! 1", "a: ! x",
    "a: !", "a: !!foo 1", "a: !<tag:yaml.org,2002:int> 1", "a: !<tag:yaml.org,2002:int> x", "a: !<!foo> 1",
    "a: !<> 1", "a: !foo%41 1", "a: !foo{x} 1", "a: !foo,b 1", "a: !a!b 1", "a: !!map 1", "a: !!seq {b: 1}",
    "a: !!int [1]", "a: !!null [1]", "a: !!null {b: 1}", "!!str a: !!int 1", "a: !!str\nb: 1", "a: !!set {b}",
    "a: !!omap [b: 1]", "a: !!yes 1", "a: !!int 0x1F", "a: !!float 0b1", "a: !!str [a]",
];

/// What manifests are made of, beside plain scalars: quoted keys, merge keys, anchors, block texts, several styles.
#[rustfmt::skip]
pub(crate) const MANIFESTS: &[&str] = &[
    "\"yes\": a", "'yes': a", "yes: a\n'yes': b", "\"017\": a", "'017': a\n017: b", "\"1e3\": a", "'1e3': a\n1e3: b",
    "\"1.0\": a", "\"null\": a", "'~': a", "on: {on: on, 'on': 'on'}", "env: [{name: y, value: n}]",
    "env: [{name: \"y\", value: 'n'}]", "port: 0o17", "cpu: 1_000m", "cpu: 1_000", "memory: 8Gi", "mode: 0755",
    "time: 12:30:45", "version: 1.10", "version: 1.1.0", "tag: 2e5", "sha: 1234567e10", "date: 2024-01-01",
    "base: &base {a: 1, b: 2}\nspec:\n  <<: *base\n  b: 3\n", "base: &base {a: 1}\nspec:\n  a: 2\n  <<: *base\n",
    "spec:\n  <<: [{a: 1}, {a: 2, b: 3}]\n", "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: [*a, *b], z: 3}",
    "spec:\n  '<<': {a: 1}\n", "a: &a [1, 2]\nb: *a\nc: [*a, *a]", "a: &a\n  b: c\nd: *a\n", "a: &a |\n  x\nb: *a\n",
    "a: |\n  x: 1\n    y\n", "a: |-\n  x\n\n  y\n\n", "a: |+\n  x\n\nb: 1\n", "a: |2\n    x\n   y\n",
    "a: >\n  x\n  y\n\n  z\n", "a: >-\n  x\n    y\n  z\n", "- |\n x\n- >-\n y\n", "a:\n- |\n  x\n- y\n",
    "a: |  # note\n  x # no note\n# note\nb: 1", "a: 1\t# note\n# a\ttab\nb: 2\n", "a:\r\n- b: |\r\n    x\r\n  c: 1\r\n",
    "a:   # note\n  # note\n  b: 1\n  # note\n\n# note\nc: 2\n", "a: 'x\n\n  y'\nb: \"x \\\n  y\"\nc: x\n  y\n",
    "command: [\"python\", -c, 'print(\"a: b\")']", "args: [--flag=a, \"--b=c\", -d, '{\"e\": 1}']",
    "a: {b: {c: [d, {e: f}]}}\ng: []\nh: {}\n", "? a\n: b\n? \"c\"\n: - d\n", "a: &x b\nc: &x d\ne: *x\n",
    "a.b/c: d\n\"a/b\": {c.d/e: f}\n", "é: ü\n日本: [\"語\"]\n\"😀\": '😀'\n", "a: \u{a0}b\u{a0}c\n",
];

/// Scalars, each of which is tried as a value and as a key.
#[rustfmt::skip]
pub(crate) const SCALARS: &[&str] = &[
    "", "~", "null", "Null", "NULL", "nUll", "y", "Y", "yes", "Yes", "YES", "yES", "n", "N", "no", "No", "NO",
    "nO", "true", "True", "TRUE", "tRue", "false", "False", "FALSE", "on", "On", "ON", "oN", "off", "Off",
    "OFF", "oFF", "0", "-0", "+0", "1", "-1", "+1", "+-1", "00", "01", "07", "08", "017", "-017", "+017", "018",
    "089", "0o17", "-0o17", "0O17", "0o8", "0o", "0x1F", "0X1f", "-0x1F", "0x", "0xg", "0x_1F", "0b1", "0B1",
    "-0b1", "0b12", "0b", "0b-1", "0b+1", "-0b-1", "0b_1", "1_000", "1_", "_1", "1__0", "0_7", "-_1", "+", "-",
    "1,000", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809",
    "18446744073709551615", "18446744073709551616", "+9223372036854775808", "0xFFFFFFFFFFFFFFFF",
    "0x10000000000000000", "0777777777777777777777", "1.0", "1.", ".5", "-.5", "+.5", ".", "..", "1.5", "-1.5",
    "1.5.1", "1e3", "1E3", "1e+3", "1e-3", "1e", "e3", "1.e3", ".5e3", "1_0.5", "1.5_0", "._5", ".5_0", ".5__0",
    ".5_", ".5e1_0", ".5_e1", "600.0", "-0.0", "1e21", "1e20", "1e400", "1e-400", "-1e400", "123456789.125",
    "-456789.125", "1000000.0", "100000.0", "0.0001", "0.00001", "16777217.0", "3.4e39", "3.4028235e38", "0.1",
    "0.30000000000000004", "9007199254740993", "9007199254740993.0", "9223372036854775807.0", "0x1p3", "0x1.8",
    "1p3", "1f", "1d", "0i", ".inf", ".Inf", ".INF", ".iNF", "+.inf", "-.inf", "-.INF", "inf", "Infinity",
    "+inf", "-Infinity", ".nan", ".NaN", ".NAN", ".Nan", "nan", "NaN", "-.nan", "190:20:30", "12:30", "1:1",
    "2001-01-01", "2001-1-1", "2001-01-01T00:00:00Z", "2001-01-01 00:00:00", "2001-13-01", "=", "<", "<<a",
    "1.2.3", "1-2", "0123abc", "1a", "0.1.0", "v1", "==1.0", "'1'", "\"1\"", "'yes'", "\"null\"", "''", "'~'",
    "!!str 1", "!!str yes", "!!str", "!!int 1", "!!int \"017\"", "!!int 1.0", "!!int x", "!!float 1",
    "!!float 1.5", "!!float 0x1F", "!!float x", "!!float yes", "!!bool yes", "!!bool 'off'", "!!bool 1",
    "!!null ~", "!!null ''", "!!null x", "!!binary YQ==", "!!binary //79", "!!binary '@@'", "!!binary YQ",
    "!!timestamp x", "!foo 1", "! 1", "! yes", "!!foo 1", "!<tag:yaml.org,2002:int> 0x10",
    "!<tag:yaml.org,2002:str> 1",
];

/// Texts at the limits: long keys, deep nesting, late control characters, many aliases.
pub(crate) fn extreme() -> Vec<String> {
    let mut texts = Vec::new();
    for length in [500, 1_022, 1_023, 1_024, 1_025, 1_026, 3_000] {
        let long = "k".repeat(length);
        texts.extend([
            format!("{long}: a"),
            format!("\"{long}\": a"),
            format!("{{{long}: a}}"),
            format!("{{\"{long}\": a}}"),
        ]);
        texts.extend([
            format!("a: {long}"),
            format!("[\"{long}\", b]"),
            format!("? {long}\n: a"),
            format!("é{long}: a"),
        ]);
    }
    for depth in [30, 99, 100, 101, 200, 300, 12_000] {
        texts.push("[".repeat(depth) + &"]".repeat(depth));
        texts.push("{a: ".repeat(depth) + &"}".repeat(depth));
        texts.push("- ".repeat(depth) + "a");
        texts.push("[".repeat(depth));
    }
    for padding in [400, 507, 508, 511, 512, 513, 1_000, 2_000] {
        let padding = "p".repeat(padding);
        texts.extend([
            format!("a: {padding}\u{1}"),
            format!("a: {padding}\n---\nb: \u{1}"),
            format!("{{a: {padding}}}\n\u{1}"),
        ]);
        texts.extend([format!("a: {padding}\nb: \u{7f}"), format!("# {padding}\u{0}\na: 1")]);
    }
    for count in [10, 98, 99, 100, 101, 500, 1_100] {
        let item = "x, ".repeat(count);
        let aliases = "*a, ".repeat(count);
        texts.push(format!("a: &a [{item}]\nb: [{aliases}]"));
        texts.push(format!("a: &a 1\nb: [{aliases}]"));
        texts.push(format!("a: &a {{k: 1}}\nb:\n{}", "- <<: *a\n".repeat(count)));
    }
    texts
}

/// Every text of up to five characters that may or may not be base64.
pub(crate) fn base64() -> Vec<String> {
    let mut codes = vec![String::new()];
    let mut begin = 0;
    for _ in 0..5 {
        let end = codes.len();
        for at in begin..end {
            codes.extend(["Y", "B", "/", "=", "\\n"].map(|character| codes[at].clone() + character));
        }
        begin = end;
    }
    codes.into_iter().map(|code| format!("a: !!binary \"{code}\"")).collect()
}
