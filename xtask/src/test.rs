//! `cargo xtask test`: every check, the quick ones first.

use std::path::Path;
use std::process::Command;

use crate::browser_tests::{self, BrowserTest};
use crate::build::sorted_entries;
use crate::error::Error;
use crate::places::Places;
use crate::process::{Environment, run as run_process};
use crate::serve::Site;
use crate::stages::{Count, Stages};
use crate::{dist, end_to_end, setup};

const BROWSER_TARGET: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// Runs every check and prints how it went, whether or not all pass.
pub fn run(places: &Places) -> Result<(), Error> {
    let (environment, formatting) = setup::for_testing(places)?;
    let browser_tests = browser_tests::find(places)?;
    let checks = Checks { places, environment, formatting, browser_tests };
    let mut stages = Stages::default();
    let result = checks.run(&mut stages);
    stages.print_summary();
    result
}

/// Takes a picture of every screen of the release site.
pub fn screens(places: &Places) -> Result<(), Error> {
    let environment = setup::for_browsing(places)?;
    dist::make(places, &environment)?;
    let site = Site::listen(&places.dist(), 0)?;
    run_process(
        environment
            .command("node")
            .arg(places.e2e().join("screens.mjs"))
            .env("BASE_URL", &site.address)
            .env("ARTIFACTS", places.e2e().join("artifacts"))
            .current_dir(places.e2e()),
    )
}

struct Checks<'a> {
    places: &'a Places,
    environment: Environment,
    /// The environment of a toolchain that can format, which the chosen one may not.
    formatting: Environment,
    browser_tests: Vec<BrowserTest>,
}

impl Checks<'_> {
    fn run(&self, stages: &mut Stages) -> Result<(), Error> {
        stages
            .stage("format", [cargo(&self.formatting, self.places, ["fmt", "--all", "--check"])])?;
        stages.stage(
            "lints, native",
            [self.cargo(["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"])],
        )?;
        stages.stage("lints, browser", self.browser_lints())?;
        stages.stage("native tests", [self.cargo(["nextest", "run", "--workspace"])])?;
        stages.stage(
            "documentation tests",
            // The same packages as before, so that nothing is compiled anew with other features.
            [self.cargo(["test", "--doc", "--quiet", "--workspace"])],
        )?;
        stages
            .stage("browser tests", self.browser_tests.iter().map(|test| self.in_browser(test)))?;
        stages.work("release site", |_: &mut Count| dist::make(self.places, &self.environment))?;
        let site = Site::listen(&self.places.dist(), 0)?;
        stages.work("end-to-end tests", |count| self.end_to_end(&site, count))
    }

    /// The programs have features that exclude each other, so that each is checked alone.
    fn browser_lints(&self) -> Vec<Command> {
        let clippy = |options: &[&str]| {
            let mut command = self.cargo(["clippy"]);
            command.args(BROWSER_TARGET).args(options).args(["--", "-Dwarnings"]);
            command
        };
        let mut commands = vec![
            clippy(&["--package", "regulars"]),
            clippy(&["--package", "regulars", "--no-default-features", "--features", "engine"]),
            clippy(&["--package", "regulars", "--no-default-features", "--features", "reader"]),
            clippy(&["--package", "regulars", "--no-default-features", "--features", "unpacker"]),
            clippy(&["--package", "regulars", "--no-default-features", "--features", "modeller"]),
            clippy(&["--package", "regulars", "--no-default-features", "--features", "syncer"]),
            clippy(&["--workspace", "--lib", "--exclude", "regulars", "--exclude", "xtask"]),
        ];
        commands.extend(
            self.browser_tests.iter().map(|BrowserTest { package, name }| {
                clippy(&["--package", package, "--test", name])
            }),
        );
        commands
    }

    /// Runs a file of tests in a headless browser. The runner looks for its settings in the
    /// package's folder; all packages share the one in the root.
    fn in_browser(&self, BrowserTest { package, name }: &BrowserTest) -> Command {
        let mut command = self.cargo(["test", "--package", package, "--test", name]);
        command
            .args(BROWSER_TARGET)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", self.places.root.join("webdriver.json"));
        command
    }

    fn end_to_end(&self, site: &Site, count: &mut Count) -> Result<(), Error> {
        let mut files = sorted_entries(&self.places.e2e())?;
        files.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
        let command = |file: &Path| {
            let mut command = self.environment.command("node");
            command
                .args(["--test", "--test-reporter=spec"])
                // What a failed test leaves running must not keep the run from ending.
                .args(["--test-force-exit", "--test-timeout=900000"])
                .arg(file)
                .env("BASE_URL", &site.address)
                .env("DIST", self.places.dist())
                .current_dir(self.places.e2e());
            command
        };
        end_to_end::run(&files, command, count)
    }

    fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        cargo(&self.environment, self.places, arguments)
    }
}

/// Cargo in the root of the checkout.
fn cargo<'a>(
    environment: &Environment,
    places: &Places,
    arguments: impl IntoIterator<Item = &'a str>,
) -> Command {
    let mut command = environment.command("cargo");
    command.args(arguments).current_dir(&places.root);
    command
}
