//! Arguments that the command line does not take. `verb` is how the help of the verb is asked for:
//! `dwell log`.

use crate::messages::{Message, quoted};

/// The longest text that a hint repeats whole.
const LONGEST: usize = 60;

/// Says that there is no such command. `nearest` is one that may be meant; `rest` is what was typed
/// behind it.
pub fn no_command(verb: &str, name: &str, rest: &[String], nearest: Option<&str>) -> Message {
    let message = Message::new(format!("there is no command '{name}'"));
    let typed = [&[name.to_owned()], rest].concat().join(" ");
    message.hint(match nearest {
        Some(nearest) => format!("{verb} {nearest}"),
        None if name == "version" => "dwell --version".to_owned(),
        // A sentence, as other journals take it.
        None if verb == "dwell" && typed.contains(char::is_whitespace) => as_words(&typed),
        None => format!("{verb} --help"),
    })
}

/// How a text is saved as words.
fn as_words(typed: &str) -> String {
    let dashes = if typed.starts_with('-') { "-- " } else { "" };
    match typed {
        short if short.chars().count() <= LONGEST => {
            format!("dwell write {dashes}{}", quoted(short))
        }
        _ => "dwell write 'WORDS' saves them".to_owned(),
    }
}

/// Says that there is no such option. `as_words` is the beginning of a command that takes it as
/// words.
pub fn no_option(verb: &str, option: &str, nearest: Option<&str>, takes_words: bool) -> Message {
    let message = Message::new(format!("there is no option '{option}'"));
    let words = format!("{verb} -- {}", quoted(option));
    message.hint(match (nearest, takes_words) {
        (Some(nearest), true) => format!("{nearest}; or, as words, {words}"),
        (Some(nearest), false) => format!("{verb} {nearest}"),
        (None, true) => format!("{words} takes it as words"),
        (None, false) => format!("{verb} --help"),
    })
}

/// Says that there is one argument too many.
pub fn too_many(verb: &str, argument: &str) -> Message {
    Message::new(format!("'{argument}' is one argument too many")).hint(format!("{verb} --help"))
}

/// Says that arguments are missing, which are named as in the help.
pub fn missing(verb: &str, names: &[String]) -> Message {
    Message::new(format!("{verb} needs {}", names.join(" and "))).hint(format!("{verb} --help"))
}

/// Says that an option needs a value.
pub fn no_value(verb: &str, option: &str) -> Message {
    Message::new(format!("{option} needs a value")).hint(format!("{verb} --help"))
}

/// Says that an argument does not take a value. `values` are those that it takes, if they are few.
pub fn bad_value(verb: &str, argument: &str, value: &str, values: &[String]) -> Message {
    let takes = match values {
        [] => {
            return Message::new(format!("{argument} does not take '{value}'"))
                .hint(format!("{verb} --help"));
        }
        [one] => one.clone(),
        [all @ .., last] => format!("{} or {last}", all.join(", ")),
    };
    // The name of an argument without an option is only a place.
    let is_place = argument.chars().all(|c| c.is_ascii_uppercase());
    let taker = if is_place { verb } else { argument };
    Message::new(format!("{taker} takes {takes}, not '{value}'")).hint(format!("{verb} --help"))
}

/// Says that two arguments cannot stand together.
pub fn conflict(verb: &str, one: &str, other: &str) -> Message {
    Message::new(format!("{one} and {other} do not go together")).hint(format!("{verb} --help"))
}

/// Any other fault in the arguments, in the parser's words.
pub fn other(verb: &str, what: &str) -> Message {
    Message::new(what).hint(format!("{verb} --help"))
}
