//! Service tickets: one row a conversation.

use super::{People, scores};
use crate::cells::Row;
use crate::header::normal_form;
use crate::left_out::{Left, RejectReason};
use crate::role::Role;
use crate::warnings::WarningCode;
use model::{OrderTime, Phase};

impl People {
    /// Reads a row of a service log.
    pub(super) fn read_ticket(&mut self, row: Row<'_>) -> Result<(), Left> {
        let number = self.field(row, Role::TicketNumber);
        if number.is_empty() && self.form.fields.has(Role::TicketNumber) {
            return Err(RejectReason::NoTicketNumber.into());
        }
        let reading = self.time(row)?;
        let opened = reading.ok_or(RejectReason::NoDate)?.time;
        let replied = self.later(row, Role::Replied, opened)?;
        let closed = self.later(row, Role::Closed, opened)?;
        let phase = phase(self.field(row, Role::Phase))?;
        let csat = scores::read(self.field(row, Role::Csat), scores::OVERALL)?;
        self.note_time(reading, row);
        self.read_keys(row);
        if self.keys.email.is_empty() && self.keys.phone.is_empty() {
            let code = if self.keys.member.is_empty() {
                WarningCode::NobodyNamed
            } else {
                WarningCode::NickOnly
            };
            self.warnings.note(code, row.line);
        }
        if !number.is_empty() && self.numbers.meet(number) {
            self.warnings.note(WarningCode::TicketTwice, row.line);
        }
        let [category, agent, text] =
            [Role::Category, Role::Agent, Role::Text].map(|field| self.field(row, field));
        let table = &mut self.tables.tickets;
        table.number.push(number);
        table.channel.push(row.cell(Role::Channel));
        table.opened.push(Some(opened));
        table.replied.push(replied);
        table.closed.push(closed);
        table.phase.push(phase);
        table.category.push(category);
        table.email.push(&self.keys.email);
        table.phone.push(&self.keys.phone);
        table.member.push(&self.keys.member);
        table.order.push(row.cell(Role::OrderNumber));
        table.agent.push(agent);
        table.csat.push(csat);
        table.text.push(text);
        Ok(())
    }

    /// A time of a ticket after it was opened; `None`: the cell is blank.
    fn later(
        &mut self,
        row: Row<'_>,
        field: Role,
        opened: OrderTime,
    ) -> Result<Option<OrderTime>, RejectReason> {
        let text = self.field(row, field);
        if text.is_empty() {
            return Ok(None);
        }
        let time = self.cells.date(text)?.time;
        let time = self.on_its_clock(time);
        let is_before = match (opened, time) {
            (OrderTime::Instant(opened), OrderTime::Instant(at))
            | (OrderTime::Wall(opened), OrderTime::Wall(at)) => at < opened,
            // On two clocks nothing tells.
            _ => false,
        };
        if is_before {
            return Err(RejectReason::ClosedBeforeOpened(text.to_owned()));
        }
        Ok(Some(time))
    }
}

fn phase(text: &str) -> Result<Option<Phase>, RejectReason> {
    Ok(Some(match normal_form(text).as_str() {
        "" => return Ok(None),
        "presale" | "presales" | "beforesale" | "售前" => Phase::Presale,
        "insale" | "insales" | "duringsale" | "售中" => Phase::Insale,
        "aftersale" | "aftersales" | "postsale" | "postsales" | "售后" => Phase::Aftersale,
        _ => return Err(RejectReason::UnknownValue(text.to_owned())),
    }))
}
