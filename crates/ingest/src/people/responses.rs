//! Answers to surveys: one row a response.

use super::form::Form;
use super::questions::{Asked, field_of_type};
use super::{People, scores};
use crate::cells::Row;
use crate::header::value;
use crate::left_out::{Left, RejectReason};
use crate::role::Role;
use crate::warnings::WarningCode;
use model::Aspect;
use std::rc::Rc;

/// The overall scores of a response.
#[derive(Clone, Copy, Debug, Default)]
struct Overall {
    csat: Option<u8>,
    nps: Option<u8>,
    ces: Option<u8>,
}

impl Overall {
    const fn is_blank(self) -> bool {
        self.csat.is_none() && self.nps.is_none() && self.ces.is_none()
    }
}

impl People {
    /// Reads a row of a survey. A row with a score outside its scale is wrong as a whole.
    pub(super) fn read_response(&mut self, row: Row<'_>) -> Result<(), Left> {
        let at = self.time(row)?;
        let scores = self.overall_scores(row)?;
        let form = Rc::clone(&self.form);
        let has_overall =
            [Role::Overall, Role::Nps, Role::Ces, Role::Score].map(|it| form.fields.has(it));
        let mut answers = 0;
        for asked in &form.asked {
            answers += usize::from(answer(asked, row)?.is_some());
        }
        let comment = self.field(row, Role::Comment);
        let is_empty = if has_overall.contains(&true) {
            scores.is_blank()
        } else {
            answers == 0 && comment.is_empty()
        };
        if is_empty {
            return Err(RejectReason::NoScore.into());
        }
        self.note_time(at, row);
        self.read_keys(row);
        let order = row.cell(Role::OrderNumber);
        if self.keys.is_nobody() && order.is_empty() {
            self.warnings.note(WarningCode::NobodyNamed, row.line);
        }
        if !order.is_empty() && self.numbers.meet(order.trim_start_matches('#')) {
            self.warnings.note(WarningCode::RepeatedAnswer, row.line);
        }
        let number = self.field(row, Role::ResponseNumber);
        let survey = self.field(row, Role::Survey);
        let table = &mut self.tables.responses;
        let place = table.len() as u32;
        table.number.push(number);
        table.survey.push(survey);
        table.at.push(at.map(|reading| reading.time));
        table.email.push(&self.keys.email);
        table.phone.push(&self.keys.phone);
        table.member.push(&self.keys.member);
        table.order.push(order);
        table.overall.push(scores.csat);
        table.nps.push(scores.nps);
        table.ces.push(scores.ces);
        table.comment.push(comment);
        for asked in &form.asked {
            if let Some((score, text)) = answer(asked, row)? {
                let table = &mut self.tables.answers;
                table.response.push(place);
                table.dimension.push(&asked.dimension);
                table.aspect.push(asked.aspect);
                table.score.push(score);
                table.text.push(text);
            }
        }
        Ok(())
    }

    fn overall_scores(&self, row: Row<'_>) -> Result<Overall, RejectReason> {
        let read = |field| scores::read(self.field(row, field), Form::scale(field));
        let mut found =
            Overall { csat: read(Role::Overall)?, nps: read(Role::Nps)?, ces: read(Role::Ces)? };
        if self.form.fields.has(Role::Score) {
            let measures = field_of_type(self.field(row, Role::SurveyType));
            let score = scores::read(self.field(row, Role::Score), Form::scale(measures))?;
            let of_type = match measures {
                Role::Overall => &mut found.csat,
                Role::Ces => &mut found.ces,
                _ => &mut found.nps,
            };
            *of_type = of_type.or(score);
        }
        Ok(found)
    }
}

/// The answer to a further question, as a score or in words; `None`: the cell is blank.
fn answer<'a>(asked: &Asked, row: Row<'a>) -> Result<Option<(Option<u8>, &'a str)>, RejectReason> {
    let text = value(row.record.get(asked.column));
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(match asked.aspect {
        Aspect::Expected | Aspect::Perceived | Aspect::Value | Aspect::Cost => {
            (scores::read(text, scores::OVERALL)?, "")
        }
        Aspect::Own => match scores::number(text) {
            Some(score) => (Some(score), ""),
            None => (None, text),
        },
    }))
}
