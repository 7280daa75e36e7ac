//! The way of a dropped file on screen: read, shown, asked about, stored.

use crate::backups;
use crate::client::Engine;
use crate::components::{Picked, Toast, Toasts};
use crate::i18n::Words;
use crate::interrupted::{self, Said};
use crate::settings::Settings;
use crate::timings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Answer, FileReport, ImportSummary, Inspection, Problem, Request, Response};
use std::time::Duration;

/// So long after the last change a file is read anew.
const PAUSE: Duration = Duration::from_millis(150);

/// Where the import stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// Nothing is under way.
    #[default]
    Idle,
    /// Files are read and checked.
    Reading,
    /// This was found; the user's word is awaited.
    Found(Inspection),
    /// What was found is being stored.
    Saving,
    /// It is stored.
    Done(ImportSummary),
    /// It did not work.
    Failed(Problem),
}

/// The import on screen.
#[derive(Clone, Copy)]
pub struct ImportFlow {
    engine: Engine,
    settings: Settings,
    toasts: Toasts,
    /// Where it stands.
    pub stage: RwSignal<Stage>,
    /// The user's answers so far.
    answers: RwSignal<Vec<Answer>>,
    /// Place in the drop of the file whose reading is being changed.
    pub editing: RwSignal<Option<u32>>,
    /// That file as it is read now, of its beginning or of all of it.
    pub edited: RwSignal<Option<FileReport>>,
    /// What is found is of other answers than those given last: files are being read anew.
    pub rereading: RwSignal<bool>,
    /// What no screen shows.
    notes: StoredValue<Notes>,
}

/// What an import remembers beside what is shown of it.
#[derive(Default)]
struct Notes {
    /// Counts what was asked for: an answer to something earlier is of no use.
    turn: u32,
    /// How long reading took, from the drop on, in milliseconds.
    read_ms: f64,
    /// Names of the tables that were found, by their places in the drop.
    tables: Vec<String>,
}

impl ImportFlow {
    /// Nothing is under way.
    pub fn start() -> ImportFlow {
        let flow = ImportFlow {
            engine: expect_context(),
            settings: expect_context(),
            toasts: expect_context(),
            stage: RwSignal::new(Stage::Idle),
            answers: RwSignal::new(Vec::new()),
            editing: RwSignal::new(None),
            edited: RwSignal::new(None),
            rereading: RwSignal::new(false),
            notes: StoredValue::new(Notes::default()),
        };
        // What is under way is remembered outside, in case that this page does not see its end.
        Effect::new(move || {
            let is = match &*flow.stage.read() {
                Stage::Reading | Stage::Saving => true,
                Stage::Found(inspection) => inspection.files.iter().any(is_to_store),
                Stage::Idle | Stage::Done(_) | Stage::Failed(_) => false,
            };
            interrupted::under_way(is);
        });
        flow
    }

    /// Files are likely to come: whoever reads them gets ready.
    pub fn expect_files(self) {
        spawn_local(async move {
            // If that fails it fails again, and is told, when they are here.
            let _ = self.engine.ask(Request::ExpectFiles).await;
        });
    }

    /// Reads and checks files that were dropped or chosen.
    pub fn inspect(self, picked: Picked) {
        self.inspect_under(picked, Vec::new());
    }

    /// The same, under what was said about these files before; whether it could begin.
    pub fn inspect_under(self, picked: Picked, said: Vec<Said>) -> bool {
        let is_busy = matches!(self.stage.get_untracked(), Stage::Reading | Stage::Saving);
        if is_busy {
            let t = Words { lang: self.settings.lang.get_untracked() };
            self.toasts.show(Toast::bad(t.import_busy()));
            return false;
        }
        if picked.files.is_empty() {
            self.stage.set(Stage::Failed(Problem::Folder));
            return false;
        }
        interrupted::come(&picked, said.clone());
        self.answers.set(Vec::new());
        self.edit(None);
        self.next_turn();
        self.notes.update_value(|it| it.read_ms = 0.0);
        let started = timings::now_ms();
        self.stage.set(Stage::Reading);
        self.engine.progress.set(None);
        spawn_local(async move {
            let mut answer = self.engine.ask_with_files(Request::Inspect, &picked.files).await;
            if let Ok(Response::Inspection(inspection)) = &answer {
                let answers = interrupted::answers(&said, &tables_of(inspection, |_| true));
                if !answers.is_empty() {
                    self.answers.set(answers.clone());
                    answer = self.engine.ask(Request::Answer(answers)).await;
                }
            }
            self.show(answer, started);
        });
        true
    }

    /// Takes an answer to a question and reads the files again under it.
    pub fn answer(self, answer: Answer) {
        self.answers.update(|answers| {
            answers.retain(|it| (it.file, &it.question) != (answer.file, &answer.question));
            answers.push(answer);
        });
        self.remember_answers();
        let started = timings::now_ms();
        self.next_turn();
        self.stage.set(Stage::Reading);
        spawn_local(async move {
            let request = Request::Answer(self.answers.get_untracked());
            let answer = self.engine.ask(request).await;
            self.show(answer, started);
        });
    }

    /// Opens what a file's columns and options are, to be changed; `None`: closes it.
    pub fn edit(self, place: Option<u32>) {
        let file = place.and_then(|place| match &*self.stage.read_untracked() {
            Stage::Found(inspection) => inspection.files.get(place as usize).cloned(),
            _ => None,
        });
        if file.is_some() {
            // To be quick when the first choice is made.
            self.expect_files();
        }
        self.edited.set(file);
        self.editing.set(place);
    }

    /// Takes answers to how a file is read in place of earlier ones to the same questions; `all`: in
    /// place of every earlier one. Shows at once what comes of it at the beginning of the file, then
    /// reads the whole. The next change stops both.
    pub fn reread(self, place: u32, all: bool, answers: Vec<Answer>) {
        self.answers.update(|known| {
            let replaced =
                |it: &Answer| all || answers.iter().any(|new| new.question == it.question);
            known.retain(|it| it.file != place || !replaced(it));
            known.extend(answers);
        });
        self.remember_answers();
        self.rereading.set(true);
        let turn = self.next_turn();
        set_timeout(
            move || {
                if self.is_turn(turn) {
                    spawn_local(self.read_anew(turn, place));
                }
            },
            PAUSE,
        );
    }

    async fn read_anew(self, turn: u32, place: u32) {
        let (started, answers) = (timings::now_ms(), self.answers.get_untracked());
        self.engine.progress.set(None);
        let preview = self.engine.ask(Request::Preview(place, answers.clone())).await;
        if !self.is_turn(turn) {
            return;
        }
        if let Ok(Response::Preview(file)) = preview {
            self.edited.set(Some(*file));
            timings::measure("preview", started, &[]);
        }
        let started = timings::now_ms();
        let answer = self.engine.ask(Request::Answer(answers)).await;
        if self.is_turn(turn) {
            self.show(answer, started);
        }
    }

    /// In case that this page does not see the end of the import.
    fn remember_answers(self) {
        let answers = self.answers.read_untracked();
        interrupted::answered(self.notes.with_value(|it| interrupted::said(&answers, &it.tables)));
    }

    fn next_turn(self) -> u32 {
        self.notes.update_value(|it| it.turn += 1);
        self.notes.with_value(|it| it.turn)
    }

    /// Whether nothing else was asked for since.
    fn is_turn(self, turn: u32) -> bool {
        // The page may be gone by the time of the answer.
        self.notes.try_with_value(|it| it.turn) == Some(turn)
    }

    fn show(self, answer: Result<Response, Problem>, started: f64) {
        // Each reading counts: the first and those after an answer.
        self.notes.update_value(|it| it.read_ms += timings::now_ms() - started);
        self.rereading.set(false);
        if let Ok(Response::Inspection(inspection)) = &answer {
            self.notes.update_value(|it| it.tables = tables_of(inspection, |_| true));
            interrupted::found(tables_of(inspection, |it| is_to_store(it) && has_records(it)));
            let is_asked = |file: &FileReport| file.questions.iter().any(|it| it.code == "mapping");
            let place = self.editing.get_untracked();
            let place =
                place.or_else(|| inspection.files.iter().position(is_asked).map(|it| it as u32));
            self.stage.set(Stage::Found(inspection.clone()));
            return self.edit(place);
        }
        self.stage.set(match answer {
            Ok(_) | Err(Problem::Cancelled) => Stage::Idle,
            Err(problem) => Stage::Failed(problem),
        });
    }

    /// Stores what was found; `then` runs when it is stored.
    pub fn confirm(self, then: impl Fn(ImportSummary) + 'static) {
        self.store(Request::Import, then);
    }

    /// Makes the sample shop; `then` runs when it is stored.
    pub fn load_sample(self, chinese: bool, then: impl Fn(ImportSummary) + 'static) {
        self.notes.update_value(|it| it.read_ms = 0.0);
        interrupted::come(&Picked::default(), Vec::new());
        self.store(Request::LoadSample { chinese }, then);
    }

    fn store(self, request: Request, then: impl Fn(ImportSummary) + 'static) {
        let started = timings::now_ms();
        self.engine.progress.set(None);
        self.edit(None);
        self.stage.set(Stage::Saving);
        spawn_local(async move {
            match self.engine.ask(request).await {
                Ok(Response::Imported(summary)) => {
                    // Now there is something to keep.
                    backups::ask_to_persist();
                    self.stage.set(Stage::Done(summary.clone()));
                    then(summary.clone());
                    timings::after_first_view(move || self.measure(started, &summary));
                }
                // The data have changed since: there is something to ask.
                Ok(answer @ Response::Inspection(_)) => self.show(Ok(answer), started),
                Ok(_) => self.stage.set(Stage::Idle),
                Err(problem) => self.stage.set(Stage::Failed(problem)),
            }
        });
    }

    /// Reading and storing; the user's time to look at what was found is not counted.
    fn measure(self, started: f64, summary: &ImportSummary) {
        let worked = self.notes.with_value(|it| it.read_ms) + timings::now_ms() - started;
        timings::measure_worked(
            "import",
            worked,
            &[
                ("rows", summary.rows as f64),
                ("orders", f64::from(summary.orders)),
                ("customers", f64::from(summary.customers)),
                ("bytes", summary.bytes as f64),
                ("read_ms", self.notes.with_value(|it| it.read_ms)),
                ("engineMemory", summary.engine_memory as f64),
            ],
        );
    }

    /// Stops what is under way and forgets what was found.
    pub fn abandon(self) {
        self.next_turn();
        self.rereading.set(false);
        self.edit(None);
        if !matches!(self.stage.get_untracked(), Stage::Reading | Stage::Saving) {
            self.stage.set(Stage::Idle);
        }
        spawn_local(async move {
            let _ = self.engine.ask(Request::Abandon).await;
        });
    }

    /// The result has been seen.
    pub fn dismiss(self) {
        self.stage.set(Stage::Idle);
    }

    /// A result is not shown any more; what else is under way goes on.
    pub fn dismiss_result(self) {
        if matches!(*self.stage.read_untracked(), Stage::Done(_)) {
            self.dismiss();
        }
    }
}

/// Whether something of a file may be stored.
fn is_to_store(file: &FileReport) -> bool {
    file.refusal.is_none() && file.already_imported_ms.is_none() && file.same_as.is_none()
}

/// Whether there is something in a file that can be stored.
fn has_records(file: &FileReport) -> bool {
    file.orders > 0 || file.records > 0
}

/// Names of the tables that were found, of those that are wanted.
fn tables_of(inspection: &Inspection, is_wanted: impl Fn(&FileReport) -> bool) -> Vec<String> {
    let wanted = inspection.files.iter().filter(|it| is_wanted(it));
    wanted.map(|it| it.name.clone()).collect()
}
