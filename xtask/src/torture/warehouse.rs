//! The SQL of `docs/warehouse` on real databases: every cell must be what the engine says.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::orders;
use crate::places::Places;
use crate::process::{Environment, run as run_command};
use crate::setup;

/// Spark, and `ClickHouse` as a library, too; some 500 MB.
const PYTHON: [&str; 4] = ["duckdb==2.0.1", "sqlglot==30.30.0", "pyspark==4.3.0", "chdb==4.4.0"];
const SCRIPT: &str = include_str!("warehouse.py");
/// About ten orders each.
const CUSTOMERS: u32 = 1_500;

/// Runs them all, or those that are named.
pub fn run(places: &Places, names: &[String]) -> Result<(), Error> {
    let environment = Environment::default();
    let folder = places.cache.join("warehouse");
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let python = install(&environment, &folder)?;
    let raw = folder.join("raw.csv");
    orders::write(&raw, CUSTOMERS)?;
    let all = folder.join("orders.csv");
    let text = fs::read_to_string(&raw).map_err(Error::file(&raw))?;
    fs::write(&all, varied(&text)).map_err(Error::file(&all))?;
    let expected = folder.join("expected.csv");
    of_engine(places, &environment, &all, &expected)?;
    let script = folder.join("warehouse.py");
    fs::write(&script, SCRIPT).map_err(Error::file(&script))?;
    run_command(
        environment
            .command(python)
            .arg(script)
            .arg(places.root.join("docs/warehouse"))
            .args([&all, &expected, &folder])
            .args(names),
    )
}

/// Installs what is missing; returns the Python that has the libraries.
fn install(environment: &Environment, folder: &Path) -> Result<PathBuf, Error> {
    let has_server =
        Path::new("/usr/lib/postgresql").is_dir() || environment.find("initdb").is_some();
    if !has_server {
        setup::install_packages(environment, &["postgresql"])?;
    }
    if environment.find("java").is_none() {
        setup::install_packages(environment, &["default-jre-headless"])?;
    }
    let (python, stamp) = (folder.join("py"), folder.join("installed"));
    let wanted = format!("{PYTHON:?}");
    if fs::read_to_string(&stamp).ok().as_deref() != Some(wanted.as_str()) {
        println!("set-up: installing DuckDB, Spark, ClickHouse and a parser of SQL");
        run_command(environment.command("python3").args(["-m", "venv"]).arg(&python))?;
        run_command(
            environment.command(python.join("bin/pip")).args(["install", "--quiet"]).args(PYTHON),
        )?;
        fs::write(&stamp, wanted).map_err(Error::file(&stamp))?;
    }
    Ok(python.join("bin/python"))
}

/// What the engine makes of the orders, as a test of its writes it.
fn of_engine(
    places: &Places,
    environment: &Environment,
    orders: &Path,
    expected: &Path,
) -> Result<(), Error> {
    run_command(
        environment
            .command("cargo")
            .args(["test", "--quiet", "-p", "engine", "--test", "it", "--"])
            .args(["--ignored", "--exact", "summaries::writes_summaries_of_a_file"])
            .env("ORDERS", orders)
            .env("SUMMARIES", expected)
            .current_dir(&places.root),
    )
}

/// The orders in the columns that the SQL names: some are given back in part, some are bought twice on
/// a day, some are nobody's, some are unpaid or in another currency.
fn varied(orders: &str) -> String {
    let mut text =
        "order_id,customer_id,email,ordered_at,total,refunded,currency,status\n".to_owned();
    for (n, line) in orders.lines().skip(1).enumerate() {
        let cells: Vec<&str> = line.split(',').collect();
        let [number, email, at, total, _, status, ..] = cells[..] else { continue };
        let customer = email.split('@').next().unwrap_or_default();
        let (whole, _) = total.split_once('.').unwrap_or((total, ""));
        let third = whole.parse::<u32>().unwrap_or_default() / 3;
        let (status, refunded) = match status {
            "refunded" => ("refunded", total.to_owned()),
            "paid" if n % 17 == 5 && third > 0 => ("partially_refunded", format!("{third}.10")),
            "paid" if n % 29 == 7 => ("pending", "0.00".to_owned()),
            other => (other, "0.00".to_owned()),
        };
        let currency = if n % 41 == 11 { "EUR" } else { "USD" };
        let (customer, email) = if n % 37 == 3 { ("", "") } else { (customer, email) };
        let mut add = |number: &str, time: &str| {
            let row = [number, customer, email, time, total, &refunded, currency, status].join(",");
            text.extend([&row, "\n"]);
        };
        add(number, at);
        if n % 23 == 2 {
            let day = at.split(' ').next().unwrap_or(at);
            add(&format!("{number}-2"), &format!("{day} 23:59:59"));
        }
    }
    text
}
