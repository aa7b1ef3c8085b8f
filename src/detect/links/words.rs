//! Words around addresses, and words that only look like a part of one.

pub(super) use crate::detect::word_list::{WordList, has, mentions, seconds};

/// Words before an address that say that one comes.
pub(super) const LEAD_INS: &WordList = &WordList::new(
    "\
    at auf bei check domain en find goto hier http join link links na on open see site su sur url use via visit \
    website www",
);

/// Of those, what is said of no person and no topic. Sorted.
pub(super) const ANNOUNCES: &WordList = &WordList::new("domain goto http https link links site url visit website www");

/// Words that are no name of a site and may well stand before ".com" or "dot com".
pub(super) const NO_NAMES: &WordList = &WordList::new(
    "\
    a about all am an and any are as at be best big but buy by cool dem den der die each early ein el every \
    failed first for from get good great had has have he her him his how i in is it its just kim la le like love \
    many me mi mini mon most mr my need new no not of old on only or other our polka she so some that the their \
    them they this to u un una ur us was we what who with you your",
);

/// Words after "dot com" that make it no address: Portuguese "with …", "the dot com bubble". Sorted.
pub(super) const NOT_AFTER: &WordList = &WordList::new(
    "\
    boom bubble bust certeza companies company crash domain domains ela elas ele eles era essa esse isso licenca \
    mais meu meus millionaire minha muita muito startup startups toda todo",
);

/// Words after a Portuguese "com" that begins a sentence. Sorted.
pub(super) const PORTUGUESE: &WordList =
    &WordList::new("certeza ele essa esse isso licenca minha muita muito toda todo voce");

/// Words beside ".net" where it is what programs are written with. Sorted.
pub(super) const NET_TALK: &WordList = &WordList::new(
    "\
    api app apps assembly autodesk blazor core csharp dev developer developers framework jetbrains maui microsoft \
    programming runtime sdk standard studio telerik umbraco unity version visual web xamarin",
);

/// Words that say how to mend an address. Sorted.
pub(super) const MARKS: &WordList =
    &WordList::new("coma comma dot komma kropka punkt space spaces virgola virgul virgula virgule зanяtyю");

/// Words between the mark in a dot's place and the word for the dot. Sorted.
pub(super) const MAKES: &WordList =
    &WordList::new("as by com con durch e es est for is ist jest means mit na par por to with");

/// What may stand behind them. Sorted.
pub(super) const ARTICLES: &WordList = &WordList::new("a ein einem einen the um un");

/// Sites that are known by a name that is as short as a word, or with their dot left out. Sorted.
pub(super) const SITES: &WordList = &WordList::new(
    "\
    beacons.ai bsky.app carrd.co cash.app deviantart.com etsy.com facebook.com fansly.com fiverr.com github.com \
    gofundme.com instagram.com itch.io kick.com linktr.ee mega.nz onlyfans.com op.gg patreon.com paypal.com \
    paypal.me pornhub.com reddit.com roblox.com rumble.com snapchat.com soundcloud.com spotify.com \
    steamcommunity.com streamelements.com streamlabs.com threads.net throne.com tiktok.com trovo.live tumblr.com \
    twitch.tv twitter.com u.gg venmo.com vk.com youtube.com",
);

/// Names of code and files that stand before an ending that is also a top-level domain. Sorted.
pub(super) const CODE: &WordList = &WordList::new(
    "\
    ado app array asp build config configure console ctx data document entity event file index install item java \
    kernel lib main makefile math ml mod module numpy obj object os package params patch player prog props \
    prototype readme req request requirements res response run script self setup socket src state std sys system \
    template test this types user utils vb window",
);

/// Top-level domains that files of code end with, too. Sorted.
pub(super) const ENDINGS: &WordList = &WordList::new("ac am as cc cl gd in la mk ml mm pl pm ps st vi");

/// What is said of such a file. Sorted.
pub(super) const CODE_TALK: &WordList = &WordList::new(
    "\
    bash cargo class cmake compile compiled compiler compiles cpp datei debug error fichero fichier file files \
    folder function gcc git godot gradle import line linux module modules nvim ocaml ordner parser perl php pip \
    prolog python repo rust script scripts shader skript vim zeile",
);

/// English words behind an address with a comma for its dot: a Portuguese "com" that is "with" has none of them. Sorted.
pub(super) const ENGLISH: &WordList =
    &WordList::new("and check for guys has here is now or the try use visit with you your");

/// What is said of a site in German, where no sentence begins with "de". Sorted.
pub(super) const SITE_TALK: &WordList = &WordList::new("seite seiten webseite");

/// Everyday words that stand before a domain of one's own. Sorted.
pub(super) const SUBDOMAINS: &WordList =
    &WordList::new("app blog chat clips get go join live m mail my news play shop store stream watch www");

/// Top-level domains that may be spelled out ("evil dot gg"). Sorted.
pub(super) const SPELLED: &WordList = &WordList::new(
    "\
    ai app au bet biz br c0m ca casino cc ch club cn co com de dev eu fm fr gg gift gl info io kom link live ly \
    me net nl online org pl pro py ru shop site space store tk top tv uk vip website win xyz",
);

/// Those of countries that are spelled out more seldom than the same letters are said. Sorted.
pub(super) const LOCAL: &WordList =
    &WordList::new("at be cz dk ee es fi id im is it jp kr la no pt ro se sh to ua us vn");

/// Of those, what no sentence ends with after the word for a dot.
pub(super) const ENDS: &WordList = &WordList::new("at cz dk ee es fi it jp kr pt ro se ua vn");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_their_words_and_no_others() {
        let foreign = &WordList::new("aй b bc c дa дb");
        let lists = [CODE, NO_NAMES, ENDS, PORTUGUESE, foreign];
        let words = |list: &WordList| list.text.split(' ');
        let all: Vec<&str> = lists.into_iter().flat_map(words).chain(["", "é", "1", "ado app", "ad"]).collect();
        for list in lists {
            let wrong: Vec<_> =
                all.iter().filter(|&&word| has(list, word) != words(list).any(|one| one == word)).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
        }
    }
}
