//! What must be put into a server's settings so that a page from elsewhere may use it.

/// Programs whose settings are known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Software {
    /// nginx with its DAV module.
    Nginx,
    /// Apache with `mod_dav`.
    Apache,
    /// lighttpd with `mod_webdav`.
    Lighttpd,
    /// `WsgiDAV`.
    WsgiDav,
    /// rclone, as a `WebDAV` server.
    Rclone,
    /// A bucket of S3 and what speaks like it.
    S3,
    /// `CouchDB`.
    Couch,
}

impl Software {
    /// All of them.
    pub const ALL: [Software; 7] = [
        Software::Nginx,
        Software::Apache,
        Software::Lighttpd,
        Software::WsgiDav,
        Software::Rclone,
        Software::S3,
        Software::Couch,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Software::Nginx => "nginx",
            Software::Apache => "Apache",
            Software::Lighttpd => "lighttpd",
            Software::WsgiDav => "WsgiDAV",
            Software::Rclone => "rclone",
            Software::S3 => "S3",
            Software::Couch => "CouchDB",
        }
    }
}

/// The settings that let a page of this origin in, as `https://shop.example.com`.
pub fn cors_snippet(software: Software, origin: &str) -> String {
    let text = match software {
        Software::Nginx => NGINX,
        Software::Apache => APACHE,
        Software::Lighttpd => LIGHTTPD,
        Software::WsgiDav => WSGIDAV,
        Software::Rclone => RCLONE,
        Software::S3 => S3,
        Software::Couch => COUCH,
    };
    text.replace("ORIGIN", origin)
}

const NGINX: &str = "\
location /regulars/ {
  add_header Access-Control-Allow-Origin \"ORIGIN\" always;
  add_header Access-Control-Allow-Methods \"GET, PUT, DELETE, MKCOL, PROPFIND\" always;
  add_header Access-Control-Allow-Headers \"Authorization, Content-Type, Depth\" always;
  add_header Access-Control-Expose-Headers \"Retry-After\" always;
  if ($request_method = OPTIONS) { return 204; }
  dav_methods PUT DELETE MKCOL;
  dav_ext_methods PROPFIND;
  create_full_put_path on;
  client_max_body_size 64m;
}
";

const APACHE: &str = "\
<Location /regulars>
  Dav On
  Header always set Access-Control-Allow-Origin \"ORIGIN\"
  Header always set Access-Control-Allow-Methods \"GET, PUT, DELETE, MKCOL, PROPFIND\"
  Header always set Access-Control-Allow-Headers \"Authorization, Content-Type, Depth\"
  Header always set Access-Control-Expose-Headers \"Retry-After\"
  RewriteEngine On
  RewriteCond %{REQUEST_METHOD} OPTIONS
  RewriteRule .* - [R=204,L]
  <LimitExcept OPTIONS>
    Require valid-user
  </LimitExcept>
</Location>
";

const LIGHTTPD: &str = "\
$HTTP[\"url\"] =~ \"^/regulars/\" {
  webdav.activate = \"enable\"
  setenv.add-response-header = (
    \"Access-Control-Allow-Origin\" => \"ORIGIN\",
    \"Access-Control-Allow-Methods\" => \"GET, PUT, DELETE, MKCOL, PROPFIND\",
    \"Access-Control-Allow-Headers\" => \"Authorization, Content-Type, Depth\",
    \"Access-Control-Expose-Headers\" => \"Retry-After\"
  )
}
";

const WSGIDAV: &str = "\
cors:
  allow_origin: 'ORIGIN'
  allow_methods: [GET, PUT, DELETE, MKCOL, PROPFIND]
  allow_headers: [Authorization, Content-Type, Depth]
  expose_headers: [Retry-After]
";

const RCLONE: &str = "\
rclone serve webdav FOLDER --addr :8080 --allow-origin ORIGIN --user NAME --pass PASSWORD
";

const S3: &str = "\
{\"CORSRules\": [{
  \"AllowedOrigins\": [\"ORIGIN\"],
  \"AllowedMethods\": [\"GET\", \"PUT\", \"DELETE\"],
  \"AllowedHeaders\": [\"authorization\", \"content-type\", \"x-amz-content-sha256\", \"x-amz-date\"],
  \"ExposeHeaders\": [\"Retry-After\"]
}]}
";

const COUCH: &str = "\
[chttpd]
enable_cors = true

[cors]
origins = ORIGIN
credentials = false
methods = GET, PUT, DELETE
headers = authorization, content-type
";
