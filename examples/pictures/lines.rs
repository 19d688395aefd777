//! The journal in the pictures: three weeks of somebody's evenings in November.

use Written::{Afterthought, Done, Love, Step, Words};

/// What a person does on a day.
pub enum Written {
    Words(&'static str),
    /// The next step of the day.
    Step(&'static str),
    /// The answer to the open step.
    Done(&'static str),
    /// More words on an older day.
    Afterthought(&'static str, &'static str),
    /// Love for the lesson of the day.
    Love,
}

/// The days of the month, in their order, with what is done on each. Three evenings were missed.
pub const DAYS: &[(u8, Written)] = &[
    (
        1,
        Words("Jonas, when the bank said no. He came over with soup and his worst jokes. #friends"),
    ),
    (1, Step("ask Jonas over for Saturday")),
    (2, Done("he had his coat on before I finished")),
    (2, Words("The new manager. She told me on the stairs that she had not slept either. #work")),
    (3, Words("Miriam's. I did not call because it was late, and it was not late. #friends")),
    (3, Step("call Miriam before eight")),
    (4, Done("we talked until ten")),
    (4, Words("Grandfather, his tomatoes. He gave the first ripe one away each summer. #family")),
    (4, Love),
    (5, Words("On Mondays, when each of us says what is done. Today I simply went first. #work")),
    (6, Words("The click of the radio before the voice comes. A pan that is still warm.")),
    (6, Love),
    (8, Words("The blue bowls. We ate soup from them tonight. One has a chip now. #home")),
    (9, Words("The hospital, when Father asked the doctor for the menu. #family")),
    (10, Words("Lena at six, when she talks to the plants and thinks nobody hears. #family")),
    (11, Words("That I am tired of being the one who arranges things. Now it is smaller.")),
    (12, Words("Whoever draws the posters of the library. I never asked for the name.")),
    (12, Step("write to the library about the posters")),
    (12, Afterthought("2026-11-04", "Mother says that he never liked tomatoes himself.")),
    (13, Done("they answered the same day")),
    (13, Words("Aunt Ida, whose kitchen table was mine for a whole year of school. #family")),
    (15, Words("Slow. Today I read the form twice, and found the mistake in it. #work")),
    (16, Words("On the night train, in the seat by the door, without a book.")),
    (17, Words("The lullaby. I sang it wrong for years, and now Lena does too. #family")),
    (19, Words("Everybody on our floor, about the lift. My list has eleven names. #home")),
    (19, Step("take the list to the owner")),
    (20, Done("he did not know that it was so bad")),
    (20, Words("Paul. I told myself that he was busy. It may be that I was. #friends")),
    (
        21,
        Words(
            "Nadia, in the winter of the broken foot. She came on Thursdays with a pot of soup, \
             told me who had been on the tram, and left before I was tired.\n\nI have thanked her \
             for the soup, and never for the tram. #friends",
        ),
    ),
    (21, Step("take some soup to Nadia")),
    (21, Love),
];
