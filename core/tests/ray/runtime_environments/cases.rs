//! Environments made by hand, each with the rules that must deny it for the newest Ray.

use super::judge::Mode;

/// An environment and the rules that deny it.
pub(super) struct Case {
    pub(super) text: &'static str,
    command: &'static [&'static str],
    http: &'static [&'static str],
}

impl Case {
    /// The rules that deny it in that mode.
    pub(super) fn denied_in(&self, mode: Mode) -> &'static [&'static str] {
        match mode {
            Mode::Command => self.command,
            Mode::Http => self.http,
        }
    }
}

const fn good(text: &'static str) -> Case {
    Case { text, command: &[], http: &[] }
}

const fn bad(text: &'static str, codes: &'static [&'static str]) -> Case {
    Case { text, command: codes, http: codes }
}

const fn differs(
    text: &'static str,
    command: &'static [&'static str],
    http: &'static [&'static str],
) -> Case {
    Case { text, command, http }
}

/// All of them.
pub(super) fn all() -> impl Iterator<Item = &'static Case> {
    [GOOD, DOCUMENTED, VARIABLES, TYPES, PACKAGES, ADDRESSES].into_iter().flatten()
}

const GOOD: &[Case] = &[
    good("env_vars: null"),
    good("env_vars: {}"),
    good("env_vars:"),
    good("pip: []"),
    good("working_dir: null"),
    good("config: {foo: 1}"),
    good("working_dir: \"https://h/b.zip?sig=1\""),
    good("{image_uri: x, env_vars: {A: b}, config: {setup_timeout_seconds: 5}}"),
    good("env_vars: {A: '1', B: \"yes\", C: 2025-01-31, D: v1.2, E: 1.2.3}"),
    good("env_vars:\n  A: |\n    several\n    lines\n"),
    good("env_vars: {A: $HOME, B: '${PATH}:/a'}"),
    good("pip:\n- requests==2.26.0\n- pendulum==2.1.2\nenv_vars:\n  counter_name: test_counter\n"),
    good("working_dir: https://github.com/ray-project/kuberay/archive/master.zip\npip: [torch]\n"),
    good("pip: {packages: [requests], pip_check: false, pip_version: '==22.0.2;python_version==\"3.8.11\"'}"),
    good("pip: {packages: [requests], pip_install_options: ['--no-cache-dir']}"),
    good("uv: {packages: [requests], uv_version: '==0.4.0', uv_check: true, uv_pip_install_options: []}"),
    good("uv: [requests, 'ray[serve]']"),
    good("conda: {channels: [defaults], dependencies: [codecov]}"),
    good("conda: pytorch_p36"),
    good("conda: ''"),
    good("py_executable: uv run --with emoji"),
    good("worker_process_setup_hook: my_module.setup"),
    good("workingDir: https://h/a.zip"),
    good("pips: [a]"),
    good("config: {setup_timeout_seconds: 600.0}"),
    good("config: {setup_timeout_seconds: 1e3}"),
    good("config: {setup_timeout_seconds: -1, eager_install: yes, log_files: ~}"),
    good("nsight: default"),
    good("excludes: []"),
    good("{}"),
    good("pip: [\"-r ${RAY_RUNTIME_ENV_CREATE_WORKING_DIR}/requirements.txt\"]"),
];

/// The forms that Ray's documentation of runtime environments, jobs and profilers shows.
const DOCUMENTED: &[Case] = &[
    good("working_dir: https://github.com/someone/project/archive/refs/heads/main.zip"),
    good("working_dir: https://user:token@gitlab.example/group/project/-/archive/main/project-main.zip"),
    good("{working_dir: 's3://bucket/code.zip', excludes: [/data, '*.ckpt', '!keep.ckpt']}"),
    good(
        "{working_dir: 'gs://bucket/code.zip', py_modules: ['s3://bucket/module.zip', 'gs://bucket/a-1.0-py3-none-any.whl']}",
    ),
    good(
        "pip: {packages: [tensorflow, requests], pip_check: false, pip_version: '==22.0.2;python_version==\"3.8.11\"'}",
    ),
    good(
        "{uv: {packages: [tensorflow, requests], uv_version: '==0.4.0;python_version==\"3.8.11\"'}, env_vars: {A: b}}",
    ),
    good("uv: {packages: [requests], uv_pip_install_options: [--no-cache]}"),
    good("conda: {dependencies: [pytorch, torchvision, pip, {pip: [pendulum]}]}"),
    good("conda: {channels: [conda-forge], dependencies: [python=3.11, numpy]}"),
    good("env_vars: {OMP_NUM_THREADS: '32', TF_WARNINGS: none}"),
    good("env_vars: {LD_LIBRARY_PATH: '${LD_LIBRARY_PATH}:/home/admin/my_lib'}"),
    good("{pip: [emoji], env_vars: {TEST: a}, config: {setup_timeout_seconds: 10, eager_install: false}}"),
    good("image_uri: registry.example/team/ray:2.52.0-py312-cpu"),
    good("{py_executable: uv run --isolated, env_vars: {UV_CACHE_DIR: /tmp/uv}}"),
    good("worker_process_setup_hook: module.logging_setup"),
    good("nsight: {t: 'cuda,cudnn,cublas', cuda-memory-usage: 'true', cuda-graph-trace: graph}"),
    good(
        "pip: ['ray[serve]', 'torch==2.1.*', 'transformers~=4.40', 'numpy>=1.26,<2', 'git+https://github.com/team/package.git@v1']",
    ),
];

const VARIABLES: &[Case] = &[
    bad("env_vars: {A: 1}", &["RJ310"]),
    bad("env_vars: {A: yes}", &["RJ310"]),
    bad("env_vars: {A: n}", &["RJ310"]),
    bad("env_vars: {A: 0123}", &["RJ310"]),
    bad("env_vars: {A: 1e3}", &["RJ310"]),
    bad("env_vars: {A: 1_000}", &["RJ310"]),
    bad("env_vars: {A: ~}", &["RJ310"]),
    bad("env_vars:\n  A:\n", &["RJ310"]),
    bad("env_vars: {A: [b]}", &["RJ310"]),
    bad("env_vars: {A: {b: c}}", &["RJ310"]),
    bad("env_vars: [{name: A, value: b}]", &["RJ310"]),
    bad("env_vars: A=b", &["RJ310"]),
    bad("env_vars: 7", &["RJ310"]),
    bad("env_vars: true", &["RJ310"]),
    bad("base: &base {A: 1}\nenv_vars: {<<: *base, B: c}", &["RJ310"]),
    differs("env_vars: []", &[], &["RJ310"]),
    differs("env_vars: ''", &[], &["RJ310"]),
    bad("env_vars: {A: 1, B: $HOME}", &["RJ310"]),
    bad("env_vars: {'A=B': c}", &["RJ311"]),
    bad("env_vars: {'': c}", &["RJ311"]),
    bad("env_vars: {A: \"a\\0b\"}", &["RJ311"]),
    // The shell's words may reach into the rest, so that only the head's reading is certain.
    differs("env_vars: {A: '`a', B: 1}", &[], &["RJ310"]),
    differs("env_vars: {A: '$(a)', B: 1}", &[], &["RJ310"]),
    differs("env_vars: {A: '${B:-c}', B: 1}", &[], &["RJ310"]),
];

const TYPES: &[Case] = &[
    bad("working_dir: [https://h/a.zip]", &["RJ313"]),
    bad("working_dir: 7", &["RJ313"]),
    bad("py_modules: https://h/a.zip", &["RJ313"]),
    bad("py_modules: []", &["RJ313"]),
    bad("py_modules: [7]", &["RJ313"]),
    bad("excludes: '*.csv'", &["RJ313"]),
    bad("excludes: [1]", &["RJ313"]),
    bad("excludes: {}", &["RJ313"]),
    differs("excludes:\npip: [a]", &["RJ313"], &[]),
    good("{excludes: ~, env_vars: {}}"),
    good("{excludes: ~, owner: ~}"),
    bad("conda: [a]", &["RJ313"]),
    bad("conda: true", &["RJ313"]),
    bad("config: [setup_timeout_seconds]", &["RJ313"]),
    bad("config: {setup_timeout_seconds: '600'}", &["RJ313"]),
    bad("config: {setup_timeout_seconds: 0}", &["RJ313"]),
    bad("config: {setup_timeout_seconds: 1.5}", &["RJ313"]),
    bad("config: {setup_timeout_seconds: ~}", &["RJ313"]),
    bad("config: {setup_timeout_seconds: 2147483648}", &["RJ313"]),
    bad("config: {eager_install: 'yes'}", &["RJ313"]),
    bad("config: {log_files: a}", &["RJ313"]),
    differs("worker_process_setup_hook: 7", &["RJ313"], &[]),
    bad("{image_uri: x, excludes: [a]}", &["RJ317"]),
    bad("{image_uri: x, excludes: ~}", &["RJ317"]),
    bad("{image_uri: x, owner: ~}", &["RJ317"]),
    bad("{container: {image: x}, image_uri: x}", &["RJ317"]),
    bad("{container: {image: x}, pip: [a]}", &["RJ317"]),
    good("{container: {}, pip: [a]}"),
    good("{image_uri: x, pip: ~, working_dir: ~}"),
    good("{image_uri: '', pip: [a]}"),
];

const PACKAGES: &[Case] = &[
    bad("pip: {a: b}", &["RJ314"]),
    bad("pip:\n- torch: 2.4\n", &["RJ314"]),
    bad("pip: [1]", &["RJ314"]),
    bad("pip: 7", &["RJ314"]),
    bad("pip: {pip_check: true}", &["RJ314"]),
    bad("pip: {packages: [a], pip_version: 22}", &["RJ314"]),
    bad("pip: {packages: [a], pip_check: 'true'}", &["RJ314"]),
    bad("pip: {packages: ~}", &["RJ314"]),
    bad("pip: {packages: [1]}", &["RJ314"]),
    bad("uv: {packages: requirements.txt}", &["RJ314"]),
    bad("uv: {packages: [a], pip_check: true}", &["RJ314"]),
    bad("uv: {packages: [a], uv_pip_install_options: '-v'}", &["RJ314"]),
    bad("pip: requests==2.26.0", &["RJ315"]),
    bad("pip: |\n  requests\n  pandas\n", &["RJ315"]),
    bad("pip: ''", &["RJ315"]),
    bad("uv: requests>=2", &["RJ315"]),
    bad("pip: {packages: requests==2.26.0}", &["RJ315"]),
    good("pip: requirements.txt"),
    bad("{pip: [a], uv: [b]}", &["RJ316"]),
    bad("{pip: [], conda: {}}", &["RJ316"]),
    good("{pip: [a], conda: ~}"),
    bad("pip: [numpy=1.26]", &["RJ324"]),
    bad("pip: ['numpy>=1 <2']", &["RJ324"]),
    bad("pip: [numpy 1.26]", &["RJ324"]),
    bad("uv: [numpy^1.26]", &["RJ324"]),
    bad("pip: [pip install numpy]", &["RJ324"]),
    bad("pip: [--upgrade, numpy]", &["RJ324"]),
    bad("pip: {packages: [numpy=1.26]}", &["RJ324"]),
    differs("pip: ['numpy=$VERSION']", &[], &[]),
    bad("pip: [numpy==1.26, NumPy==2.0]", &["RJ326"]),
    good("pip: [numpy==1.26, numpy==1.26.0, numpy>=1]"),
    bad("pip: [ray==2.40.0]", &["RJ327"]),
    bad("uv: ['ray[serve]==2.40.0']", &["RJ327"]),
];

const ADDRESSES: &[Case] = &[
    bad("working_dir: s3://b/k.ZIP", &["RJ318"]),
    bad("working_dir: s3://b/k/", &["RJ318"]),
    bad("working_dir: https://h/a.tar.bz2", &["RJ318"]),
    bad("working_dir: git+https://x/y.git", &["RJ318"]),
    bad("working_dir: hdfs://x/y.zip", &["RJ318"]),
    bad("working_dir: gcs://bucket/a.zip", &["RJ318"]),
    bad("working_dir: local://app", &["RJ318"]),
    bad("working_dir: local:///app.zip", &["RJ318"]),
    bad("py_modules: [https://h/a.py]", &["RJ318"]),
    differs("py_modules: [module.py]", &["RJ318"], &["RJ319"]),
    differs("working_dir: https://h/a.whl", &["RJ318"], &[]),
    differs("working_dir: src", &[], &["RJ319"]),
    differs("working_dir: ''", &[], &["RJ319"]),
    differs("py_modules: [src/package]", &[], &["RJ319"]),
    good("working_dir: s3://b/k.tar.xz"),
    good("working_dir: http://h/a.tgz"),
    good("working_dir: azure://c/a.zip"),
    good("working_dir: local:///home/ray/app"),
    good("working_dir: HTTPS://h/a.zip#main"),
    good("py_modules: [https://h/a-1.0-py3-none-any.whl, abfss://c@a/b.zip]"),
];
