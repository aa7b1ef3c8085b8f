//! Made-up chat: what `room-review bench`, benchmarks and sample logs are made of. The same seed always gives the same messages.
//!
//! Most messages have 5 to 80 characters, one in twelve up to 500. About 10% hold something profane (a third of them in
//! disguise), 5% a link, 10% are in another script than the Latin one, 2% would be denied for another reason.
//! Nothing of it was written by anybody in a chat.

#[path = "random.rs"]
mod random;

pub use random::Random;

/// What a message was made to be. A review may see it otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Everyday chat in Latin letters.
    Plain,
    /// Everyday chat in other scripts.
    OtherScript,
    /// Something profane as it is spelled.
    Profane,
    /// Something profane in disguise.
    Disguised,
    /// A link.
    Link,
    /// Advertising, a phone number, a row of emoji.
    Nuisance,
}

/// Makes messages, without end.
pub struct Corpus {
    random: Random,
}

impl Corpus {
    /// The messages of this seed.
    pub fn new(seed: u64) -> Self {
        Self { random: Random::new("corpus", &seed.to_string()) }
    }

    /// Replaces what is in `out` with the next message: 5 to 500 characters.
    pub fn next_into(&mut self, out: &mut String) -> Kind {
        out.clear();
        let kind = self.kind();
        let length = self.length();
        let phrases = match kind {
            Kind::OtherScript => self.random.pick(OTHER_SCRIPTS),
            _ if self.random.below(5) == 0 => self.random.pick(OTHER_LANGUAGES),
            _ => ENGLISH,
        };
        // Where among the phrases the special one stands.
        let mut special = kind != Kind::Plain && kind != Kind::OtherScript;
        let mut characters = 0;
        while special || characters < length {
            let start = out.len();
            if !out.is_empty() {
                out.push_str(self.random.pick(&[" ", " ", " ", ", ", "... ", "! "]));
            }
            if special && (characters + 20 >= length || self.random.below(2) == 0) {
                self.special(kind, out);
                special = false;
            } else {
                out.push_str(self.random.pick(phrases));
            }
            characters += out[start..].chars().count();
        }
        if self.random.below(8) == 0 {
            out.push_str(self.random.pick(ENDINGS));
        }
        if let Some((end, _)) = out.char_indices().nth(500) {
            out.truncate(end);
        }
        kind
    }

    fn kind(&mut self) -> Kind {
        match self.random.below(100) {
            0..10 => Kind::OtherScript,
            10..17 => Kind::Profane,
            17..20 => Kind::Disguised,
            20..25 => Kind::Link,
            25..27 => Kind::Nuisance,
            _ => Kind::Plain,
        }
    }

    /// In characters: mostly short, with a tail.
    fn length(&mut self) -> usize {
        let short = |random: &mut Random| random.below(76).min(random.below(76));
        match self.random.below(12) {
            0 => 80 + short(&mut self.random) * 6,
            _ => 5 + short(&mut self.random),
        }
    }

    fn special(&mut self, kind: Kind, out: &mut String) {
        match kind {
            Kind::Plain | Kind::OtherScript => {}
            Kind::Profane => self.fill(PROFANE, out),
            Kind::Disguised => out.push_str(self.random.pick(DISGUISED)),
            Kind::Link => self.fill(LINKS, out),
            Kind::Nuisance => self.fill(NUISANCES, out),
        }
    }

    /// One of `templates`, a digit for every `#`.
    fn fill(&mut self, templates: &[&'static str], out: &mut String) {
        for c in self.random.pick(templates).chars() {
            out.push(if c == '#' { char::from(b'0' + self.random.below(10) as u8) } else { c });
        }
    }
}

impl Iterator for Corpus {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let mut message = String::new();
        self.next_into(&mut message);
        Some(message)
    }
}

const ENGLISH: &[&str] = &[
    "hello everyone",
    "hi chat",
    "gg",
    "GGWP",
    "well played",
    "lol",
    "LMAO",
    "no way",
    "what a save",
    "that was close",
    "he is so good at this",
    "she never misses that shot",
    "first time here",
    "greetings from Scunthorpe",
    "@mods pin this please",
    "what game is this?",
    "how long have you been live",
    "the audio is a bit quiet",
    "can you turn the music down",
    "volume is fine for me",
    "I'm eating dinner while watching",
    "brb getting a cocktail",
    "my cat just sat on the keyboard",
    "class starts in 10 minutes",
    "I passed my assessment today",
    "happy birthday!!",
    "welcome back",
    "see you tomorrow",
    "good night all",
    "the timer says 1:15:20",
    "it's 3-2 now",
    "v1.2.3 fixed that bug",
    "did you try node.js for that",
    "PogChamp",
    "Kappa",
    "W stream",
    "clip that",
    "replay please",
    "hahahaha",
    "yesss",
    "nooooo",
    "omg",
    "ok.so what now",
    "what are the specs",
    "I have 16 GB and it runs ok",
    "fps drops in the city",
    "who is winning",
    "my team lost again",
    "that referee is blind",
    "they deserved it",
    "the pass was perfect",
    "offside by a mile",
    "how do I join the giveaway",
    "read the rules in the panel",
    "cooking pasta tonight",
    "where did you buy that jacket",
    "the blue one looks better",
    "10/10 would watch again",
    "I think the second option is cheaper",
    "shipping takes 3 to 5 days",
    "is there a discount on the big one",
    "ordered two!",
    "thanks for the stream",
    "love this song",
    "what is the name of the song",
    "play the next level",
    "watch out behind you",
    "use the shield",
    "left left left",
    "go for the boss",
    "you missed a chest",
];

const OTHER_LANGUAGES: &[&[&str]] = &[
    &[
        "buenas noches a todos",
        "hola desde México",
        "qué buen partido",
        "gracias por el directo",
        "cómo se llama la canción",
        "vamos",
    ],
    &["bonjour tout le monde", "c'est magnifique", "allez les bleus", "merci pour le live", "quel match", "à demain"],
    &[
        "guten Abend zusammen",
        "das war knapp",
        "sehr schön gespielt",
        "wie heißt das Lied",
        "danke für den Stream",
        "bis morgen",
    ],
    &["boa noite galera", "que golaço", "valeu pela live", "qual é o nome da música", "até amanhã"],
    &["ciao a tutti", "che partita", "grazie della diretta", "come si chiama la canzone", "a domani"],
    &["dzień dobry", "dobra gra", "jaka to piosenka", "do jutra"],
    &["iyi geceler", "çok güzel oynadın", "şarkının adı ne", "yarın görüşürüz"],
    &["tack för ikväll", "bra spelat", "vad heter låten", "vi ses imorgon"],
    &["xin chào mọi người", "chơi hay quá", "bài hát tên gì vậy", "hẹn gặp lại"],
];

const ENDINGS: &[&str] = &[" 😂", " 😂😂", " ❤️", " 🔥", " :)", " xD", "?", "!!", " 👏👏", " <3"];

const OTHER_SCRIPTS: &[&[&str]] = &[
    &[
        "привет всем",
        "как дела",
        "отличная игра",
        "красивый гол",
        "спасибо за стрим",
        "что за музыка играет",
        "удачи",
        "до завтра",
    ],
    &[
        "こんばんは",
        "初見です",
        "上手いですね",
        "その武器は何ですか",
        "ありがとうございます",
        "すごい",
        "また明日",
        "音が小さいです",
    ],
    &[
        "안녕하세요",
        "오늘 방송 재밌어요",
        "대박",
        "음악 이름이 뭐예요",
        "감사합니다",
        "잘했어요",
        "내일 봐요",
        "화이팅",
    ],
    &["大家好", "主播加油", "这首歌叫什么", "太厉害了", "谢谢", "明天见", "声音有点小", "再来一局"],
    &["مرحبا بالجميع", "مساء الخير", "لعبة جميلة", "شكرا لك", "ما اسم هذه الأغنية", "هدف رائع", "إلى اللقاء"],
    &["नमस्ते दोस्तों", "बहुत अच्छा खेला", "यह गाना कौन सा है", "धन्यवाद", "कल मिलते हैं", "आवाज़ कम है"],
    &["สวัสดีทุกคน", "เก่งมาก", "เพลงอะไร", "ขอบคุณครับ", "เจอกันพรุ่งนี้"],
    &["γεια σας", "πολύ ωραίο παιχνίδι", "ευχαριστώ", "καλό βράδυ", "τι τραγούδι είναι αυτό"],
];

const PROFANE: &[&str] = &[
    "what the fuck",
    "this is bullshit",
    "holy shit",
    "are you fucking kidding me",
    "he plays like shit",
    "shut the fuck up",
    "such a bitch",
    "you asshole",
    "what a dickhead",
    "fuck this lag",
    "my shitty team",
    "motherfucker",
    "stop bitching",
    "damn",
    "what the hell",
    "that is crap",
    "oh my god damn it",
    "piss off",
    "que mierda",
    "puta madre",
    "quelle merde",
    "so eine Scheiße",
    "was für ein Arschloch",
    "che cazzo",
    "porra",
    "kurwa",
];

const DISGUISED: &[&str] = &[
    "f.u.c.k this",
    "what the f u c k",
    "sh1t",
    "$hit",
    "b1tch please",
    "fuuuuuck",
    "a$$hole",
    "f*ck",
    "𝓯𝓾𝓬𝓴",
    "fυck",
    "s-h-i-t",
    "ｆｕｃｋ",
    "phuck",
    "b!tch",
    "FuCkInG",
    "sh!tty",
    "f\u{200b}uck",
    "ⓢⓗⓘⓣ",
    "fûçk",
    "motherf*cker",
];

const LINKS: &[&str] = &[
    "https://example.com/watch?id=####",
    "http://shop-##.example.net",
    "look at example.org/deal##",
    "www.example.com",
    "my-page##.example.com",
    "discord.gg/example##",
    "https://bit.ly/example##",
    "https://youtu.be/example####",
    "twitch.tv/example_##",
    "example dot com slash free",
    "example (.) com",
    "hxxp://example.com/a##",
    "join t.me/example##",
    "https://www.youtube.com/watch?v=example####",
];

const NUISANCES: &[&str] = &[
    "buy cheap followers now",
    "free gift cards, dm me",
    "call me at +1 202 555 01##",
    "mail me: someone##@example.com",
    "😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂😂",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
    "kill yourself",
    "my ip is 192.0.2.##",
];
