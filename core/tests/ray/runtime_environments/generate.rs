//! Environments at random: a few fields, each with a value that is right, nearly right or wrong.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// An environment.
pub(super) fn environment(random: &mut Random) -> Value {
    let mut map = Map::new();
    for _ in 0..=random.below(4) {
        let (field, values) = random.pick(&fields());
        map.insert(field.to_owned(), random.pick(&values));
    }
    Value::Object(map)
}

/// What may be of any type by mistake.
fn odd() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(7),
        json!(1.5),
        json!(""),
        json!([]),
        json!({}),
        json!(["a", 1]),
        json!([null]),
    ]
}

fn with_odd(values: Value) -> Vec<Value> {
    let Value::Array(mut values) = values else { panic!("a list of values") };
    // Right values should be frequent.
    values.extend(values.clone());
    values.extend(odd());
    values
}

fn fields() -> Vec<(&'static str, Vec<Value>)> {
    let field = |name, values| (name, with_odd(values));
    vec![
        field("working_dir", json!(packages())),
        field("py_modules", modules()),
        field("excludes", json!([["*.csv"], ["/data", ".git"], "*.csv"])),
        field(
            "env_vars",
            json!([{"A": "b"}, {"A": "b", "C": ""}, {"A": 1}, {"A": true}, {"A": null}, {"A": ["b"]}, [{"name": "A", "value": "b"}], "A=b"]),
        ),
        field("pip", managers("pip")),
        field("uv", managers("uv")),
        field(
            "conda",
            json!([{"dependencies": ["six"]}, "base", "environment.yaml", "gone.yaml", "/gone", ["six"], {"dependencies": ["pip", {"pip": ["six"]}]}]),
        ),
        field(
            "config",
            json!([{"setup_timeout_seconds": 600}, {"setup_timeout_seconds": -1, "eager_install": false}, {"setup_timeout_seconds": 0}, {"setup_timeout_seconds": -2}, {"setup_timeout_seconds": "600"}, {"setup_timeout_seconds": 1.5}, {"setup_timeout_seconds": null}, {"setup_timeout_seconds": 3_000_000_000_u32}, {"setup_timeout_seconds": 1e30}, {"eager_install": "yes"}, {"eager_install": 1}, {"eager_install": null}, {"log_files": ["/tmp/a"]}, {"log_files": "a"}, {"log_files": [1]}, {"log_files": null}, {"other": 1}, {"setup_timeout_seconds": false}]),
        ),
        field("worker_process_setup_hook", json!(["module.setup", "setup", {"a": 1}])),
        field("image_uri", json!(["registry.example/image:1"])),
        field("container", json!([{"image": "a"}, {"image": "a", "run_options": ["-v"]}])),
        field("py_executable", json!(["python", "uv run"])),
        field("java_jars", json!([["s3://b/a.jar"]])),
        field("nsight", json!(["default", {"t": "cuda"}])),
        field("rocprof_sys", json!(["default", {"args": {}, "env": {}}])),
        field("_validate", json!([true])),
        field("mpi", json!([{"args": []}])),
        field("workingDir", json!(["https://h/a.zip"])),
        field("owner", json!(["team"])),
    ]
}

fn packages() -> Vec<String> {
    let schemes = [
        "https",
        "http",
        "s3",
        "gs",
        "gcs",
        "azure",
        "abfss",
        "file",
        "local",
        "hdfs",
        "git+https",
        "ssh",
        "HTTPS",
        "pip",
        "wasbs",
    ];
    let rests = [
        "://h/a.zip",
        "://h/a.tar.gz",
        "://h/a.tgz",
        "://h/a.tar.xz",
        "://h/a.whl",
        "://h/a.ZIP",
        "://h/a.tar.bz2",
        "://h/a",
        "://h/",
        "://a.zip",
        ":///opt/app",
        ":///opt/a.zip",
        "://h/a.zip?x=1",
        "://h/a.zip#b",
        "://h/a.zip;v=1",
        "://h/a?f=a.zip",
        "://u:p@h/a.zip",
        ":a.zip",
        "://h/a.jar",
        "://h/a.b.zip",
        "://h:1/a.zip",
    ];
    let addresses = schemes.iter().flat_map(|scheme| rests.iter().map(move |rest| format!("{scheme}{rest}")));
    let paths = [
        "src",
        "src/package",
        ".",
        "./src",
        "gone",
        "/gone",
        "~/a",
        "module.py",
        "a.zip",
        "a b",
        "C:\\a",
        "a:b",
        " https://h/a.zip",
    ];
    addresses.chain(paths.into_iter().map(str::to_owned)).collect()
}

fn modules() -> Value {
    let each = packages().into_iter().map(|package| json!([package]));
    let more = [json!(["src", "https://h/a.zip"]), json!("src"), json!(["src/package"]), json!([["src"]])];
    each.chain(more).collect()
}

/// Lines of a requirements file, and what people take for such.
#[rustfmt::skip]
const LINES: [&str; 57] = [
    "six --global-option -v", "--global-option -v",        "six",
        "six==1.16.0",
        "six == 1.16.0",
        "six>=1,<2",
        "six~=1.16",
        "six===1",
        "six=1.16",
        "six>=1 <2",
        "six^1",
        "six~1",
        "six=>1",
        "six 1",
        "pip install six",
        "six[extra]==1",
        "six[extra]=1",
        "six; python_version < '3'",
        "six==1; sys_platform=='linux'",
        "# six",
        "",
        " ",
        "six # why",
        "--pre",
        "-i https://h",
        "--upgrade",
        "-U",
        "--no-deps",
        "-r gone.txt",
        "--index-url=https://h",
        "--timeout 5",
        "six --hash=sha256:00",
        "six --upgrade",
        "six --index-url https://h",
        "six @ https://h/six.whl",
        "git+https://h/six.git",
        "./six",
        "six==1.*",
        "six==",
        "six<>1",
        "six==^1",
        "six>=1,",
        "six!1",
        "six.b-c_d==1",
        "six\nfoo",
        "six \\",
        "six==${V}",
        "é==1",
        "six(>=1)",
        "six (>=1)",
        "six==1.0.zip",
        "six=1.whl",
        "six:1",
        "six,foo",
        "six==1 foo",
        "-c gone.txt",
        "six==1,!=1.1",
];

fn managers(name: &str) -> Value {
    let one = LINES.iter().map(|line| json!([line]));
    let two = LINES.iter().map(|line| json!(["foo", line]));
    let settings = LINES.iter().take(3).map(|line| json!({"packages": [line]}));
    let [check, version, options] = [
        format!("{name}_check"),
        format!("{name}_version"),
        format!("{name}_{}install_options", if name == "uv" { "pip_" } else { "" }),
    ];
    let values = [
        json!(["six"]),
        json!("requirements.txt"),
        json!(null),
        json!([]),
        json!(7),
        json!([7]),
        json!({"a": "b"}),
    ];
    let packages = values.map(|value| json!({"packages": value}));
    let right_or_wrong = [json!(true), json!("==1"), json!(["-v"]), json!(1), json!(null), json!([1])];
    let more = [check, version, options, "other".to_owned()].into_iter().flat_map(|setting| {
        right_or_wrong.clone().map(|value| json!({"packages": ["six"], setting.as_str(): value}))
    });
    let texts = ["requirements.txt", "gone.txt", "six", "six==1", "six\nfoo", "requirements.txt\n", ""]
        .map(|text| json!(text));
    one.chain(two)
        .chain(settings)
        .chain(packages)
        .chain(more)
        .chain(texts)
        .chain([json!({"pip_check": true}), json!([{"six": 1}])])
        .collect()
}
