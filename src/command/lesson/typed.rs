//! A lesson that a person types, at questions or in their editor. All of it is in a draft from its
//! first letter until it is saved.

use crate::command::error::{Error, Result};
use crate::command::{Context, input, unsaved};
use crate::drafts::{Draft, Label, Purpose};
use crate::journal::entry;
use crate::library::LessonForm;
use crate::messages::{own_lessons, saving};
use crate::store::Store;
use crate::terminal::{AskError, TextEnd};
use crate::text::is_blank;

/// A form that was filled in, and the draft that holds it.
pub(super) struct Typed {
    pub(super) form: LessonForm,
    pub(super) draft: Draft,
}

/// Begins a draft with a form.
pub(super) fn begin(context: &mut Context, store: &Store, form: &LessonForm) -> Result<Draft> {
    let label = Label::new(None, Purpose::Lesson);
    let now = context.now()?;
    let mut draft = context.drafts(Some(store)).begin(&label, now.at)?;
    draft.write(form.written(&own_lessons::FORM).as_bytes())?;
    // What came with the command is in the draft now.
    context.words = None;
    Ok(draft)
}

/// Opens a draft of a form in the person's editor. `None` if they changed nothing; the draft is
/// then as it was. Errors if the editor fails or what it left is no form; the draft then holds it.
pub(super) fn in_editor(
    context: &mut Context,
    mut draft: Draft,
) -> Result<std::result::Result<Typed, Draft>> {
    let before = draft.read_again()?;
    let edited = match input::edit(context, &mut draft, &before) {
        Ok(edited) => edited,
        Err(error) => return Err(after_editor(&mut draft, &before, error)),
    };
    let Some(text) = edited else { return Ok(Err(draft)) };
    match LessonForm::parse(&text) {
        Ok(form) => Ok(Ok(Typed { form, draft })),
        Err(error) => Err(Error::from(error).hint(own_lessons::FORM_KEPT)),
    }
}

/// The failure of an editor, with a hint on where the words are.
fn after_editor(draft: &mut Draft, before: &str, error: Error) -> Error {
    let holds = draft.read_again().unwrap_or_default();
    let is_blank_form = LessonForm::parse(before).is_err();
    if is_blank_form && holds.trim_end() == before.trim_end() {
        let _ = draft.discard();
        return error.hint(saving::NAME_ANOTHER_EDITOR);
    }
    unsaved::lesson_kept_as_draft(error)
}

/// Asks for what a form does not have yet, one thing after the other. `None` if the person has
/// nothing to say; the draft is then gone. Errors if they leave; the draft then holds what they
/// typed.
pub(super) fn ask(
    context: &mut Context,
    mut form: LessonForm,
    mut draft: Draft,
) -> Result<Option<Typed>> {
    if form.lessons[0].0.title.is_empty() {
        line(context, &mut form, &mut draft, own_lessons::ASK_TITLE, |form, text| {
            form.lessons[0].0.title = text;
        })?;
        if form.lessons[0].0.title.is_empty() {
            draft.discard()?;
            return Ok(None);
        }
    }
    if form.lessons[0].0.story.is_empty() && story(context, &mut form, &mut draft)?.is_in_editor() {
        return in_editor(context, draft)?.map(Some).map_err(|_| no_story());
    }
    if form.lessons[0].0.story.is_empty() {
        return Err(no_story());
    }
    if form.lessons[0].0.takeaway.is_empty() {
        line(context, &mut form, &mut draft, own_lessons::ASK_TAKEAWAY, |form, text| {
            form.lessons[0].0.takeaway = text;
        })?;
    }
    if form.lessons[0].0.question.is_empty() {
        line(context, &mut form, &mut draft, &own_lessons::ask_question(), |form, text| {
            form.lessons[0].0.question = text;
        })?;
    }
    if form.lessons[0].1.is_none() {
        line(context, &mut form, &mut draft, own_lessons::ASK_SOURCE, |form, text| {
            form.lessons[0].1 = (!text.is_empty()).then(|| own_lessons::source(text));
        })?;
    }
    Ok(Some(Typed { form, draft }))
}

fn no_story() -> Error {
    unsaved::lesson_kept_as_draft(Error::usage(own_lessons::no_story()))
}

/// Asks for one line, and keeps it.
fn line(
    context: &mut Context,
    form: &mut LessonForm,
    draft: &mut Draft,
    question: &str,
    put: impl Fn(&mut LessonForm, String),
) -> Result<()> {
    let answer = context.terminal.ask_line(question);
    let typed = match &answer {
        Ok(line) => Some(line.clone()),
        Err(_) => context.terminal.left_line(),
    };
    put(form, typed.as_deref().and_then(entry::single_line).unwrap_or_default());
    let kept = keep(form, draft, true);
    match answer {
        Ok(_) => Ok(()),
        Err(error) => Err(left(error, form, draft, kept)),
    }
}

/// Where the rest of a form is filled in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GoesOn {
    AtQuestions,
    InEditor,
}

impl GoesOn {
    fn is_in_editor(self) -> bool {
        self == Self::InEditor
    }
}

/// Asks for what happened, in lines that are kept while they are typed.
fn story(context: &mut Context, form: &mut LessonForm, draft: &mut Draft) -> Result<GoesOn> {
    context.terminal.say(own_lessons::ASK_STORY)?;
    context.terminal.say(saving::HOW_TO_END)?;
    context.terminal.say(own_lessons::OTHER_KEYS)?;
    let ended = context.terminal.ask_text("", |text, sync| {
        text.trim().clone_into(&mut form.lessons[0].0.story);
        // If the draft cannot be written, the text is still on the screen.
        let _ = keep(form, draft, sync);
    });
    let (text, goes_on) = match ended {
        Ok(TextEnd::Done(text)) => (text, GoesOn::AtQuestions),
        Ok(TextEnd::OpensEditor(text)) => (text, GoesOn::InEditor),
        Err(error) => {
            let kept = keep(form, draft, true);
            return Err(left(error, form, draft, kept));
        }
    };
    text.trim().clone_into(&mut form.lessons[0].0.story);
    keep(form, draft, true)?;
    Ok(goes_on)
}

fn keep(form: &LessonForm, draft: &mut Draft, sync: bool) -> Result<()> {
    draft.write(form.written(&own_lessons::FORM).as_bytes())?;
    if sync {
        draft.sync()?;
    }
    Ok(())
}

/// The failure of a person who left, with a hint on where their words are. A draft without words is
/// removed.
fn left(error: AskError, form: &LessonForm, draft: &Draft, kept: Result<()>) -> Error {
    let (text, _) = &form.lessons[0];
    let has_words = [&text.title, &text.story].iter().any(|text| !is_blank(text));
    if !matches!(error, AskError::Cancelled) {
        return unsaved::lesson_kept_as_draft(error.into());
    }
    if !has_words {
        let _ = draft.discard();
        return Error::cancelled(saving::stopped_without_words());
    }
    match kept {
        Ok(()) => Error::cancelled(own_lessons::stopped_with_draft()),
        Err(error) => error,
    }
}
