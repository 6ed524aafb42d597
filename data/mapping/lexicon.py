"""Words of headings and answers in the languages surveys are made in: English, French, Spanish, Arabic and Dari.

Only the commonest words, each of which means the same in every survey. What is not here the user chooses on screen.
Phrases stand as people write them, one after the other with a vertical bar between, and are compared by
`data.reading.columns.plain`: without capitals, accents and signs.
"""

from typing import Final

from data.notes import Mapped
from data.reading.columns import normalised


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalised(phrase) for phrase in text.split("|")))


HEADINGS: Final = {
    field: _phrases(text)
    for field, text in {
        "person": "beneficiary code|returnee code|client id|participant id|person code|unique id|code bénéficiaire|"
        "code du bénéficiaire|identifiant|identifiant du bénéficiaire|numéro de dossier|código de beneficiario|"
        "código del beneficiario|identificador|número de caso|رمز المستفيد|رقم الحالة|کد شخص|کد مستفید",
        "wave": "round of interview|vague|ronda|الجولة",
        "months": "how many months since|mois depuis le retour|meses desde el retorno|أشهر منذ العودة|ماه از بازگشت",
        "interview_date": "interview date|today|date d'entretien|date de l'entretien|date de l'enquête|"
        "fecha de la entrevista|fecha de entrevista|fecha de la encuesta|تاريخ المقابلة|تاریخ مصاحبه",
        "return_date": "return date|when did you return|date de retour|date du retour|date d'arrivée|"
        "fecha de retorno|fecha del retorno|fecha de regreso|تاريخ العودة|تاریخ بازگشت|تاریخ برگشت",
        "return_year": "année de retour|année du retour|año de retorno|año del retorno|سنة العودة|سال بازگشت",
        "host": "country returned from|country did you return from|country you returned from|returned from country|"
        "pays d'accueil|pays hôte|pays de départ|pays d'asile|país de acogida|país anfitrión|país de asilo|"
        "البلد المضيف|بلد اللجوء|بلد المغادرة|کشور میزبان",
        "country_of_return": "country returned to|country you returned to|pays de retour|pays d'origine|"
        "país de retorno|país de origen|بلد العودة|بلد الأصل|کشور بازگشت|کشور مبدا",
        "area": "province of return|district of return|region of return|province de retour|région de retour|"
        "departamento de retorno|محافظة العودة|ولایت بازگشت",
        "label": "manner of return|mode of return|how did you return|type de retour|mode de retour|"
        "tipo de retorno|modalidad de retorno|نوع العودة|نوع بازگشت",
        "perceived_choice": "choice to return|choose to return|decision to return|own decision|choix de retour|"
        "décision de retour|decisión de retornar|decisión de regresar|قرار العودة|تصمیم بازگشت",
        "sex": "gender|sexe|sexo|genre|género|الجنس|جنس|جنسیت",
        "age_group": "groupe d'âge|tranche d'âge|grupo de edad|rango de edad|الفئة العمرية|گروه سنی",
        "age": "how old|edad|العمر|سن",
        "child": "mineur|menor de edad",
        "vulnerable": "vulnérable|vulnérabilité|vulnerabilidad",
        "respondent": "type de répondant|tipo de encuestado",
        "assistance": "assistance received|reintegration assistance|type d'assistance|type d'aide|aide reçue|"
        "tipo de asistencia|asistencia recibida|نوع المساعدة|نوع کمک",
        "remigration": "left again|migrated again",
        "loss_reason": "reason for loss|reason not interviewed|reason of loss to follow up",
        "economic": "score économique|puntaje económico",
        "social": "score social|puntaje social",
        "psychosocial": "score psychosocial|puntaje psicosocial",
        "composite": "score composite|score global|puntaje compuesto",
        "removed_by_force": "removed by force|deported|forcibly returned|expulsé|deportado",
        "right_to_remain": "right to remain|right to stay|droit de rester|derecho a permanecer",
        "ordered_to_leave": "ordered to leave|order to leave|obligation to leave|ordre de quitter|orden de salida",
        "pushed": "pressured to leave|pushed to leave|pressured to return",
        "against_preference": "against preference|preferred to stay",
        "invited": "invited by the country of origin|invited to return",
    }.items()
}
"""Headings, or parts of them, that mean a field, besides those that `data.reading.columns` knows."""

FALLBACKS: Final = {
    "person": _phrases("uuid|_id|case"),
    "wave": _phrases("quarter|trimestre"),
    "interview_date": _phrases("submission time|SubmissionDate|start"),
    "country_of_return": _phrases("country of origin|origin country|nationality|nationalité|nacionalidad|الجنسية"),
    "area": _phrases("province|district|المحافظة|ولایت"),
    "composite": _phrases("overall score|reintegration score"),
}
"""Headings that mean a field where nothing better does."""

ELEMENTS: Final = {
    point: tuple(_phrases(stems) for stems in ways.split(";"))
    for point, ways in {
        "p01": "satisf|econom;satisf|financ;راض|الاقتصاد;رضایت|اقتصاد",
        "p02": "food|insecur;food|enough;food|reduc;enough|eat;insecurite|alimentaire;inseguridad|alimentaria",
        "p03": "able|borrow;abilit|borrow;can you|borrow;pouvez|emprunter;capacite|emprunt;puede|prestado",
        "p04": "often|borrow;frequen|borrow;souvent|emprunt;frequence|emprunt;frecuencia|prest",
        "p05": "debt|spend;dette|depense;deuda|gasto",
        "p06": "acces|employ;acces|job;acces|emploi;acces|empleo",
        "p07": "currently|work;currently|employed;working now;travaill|actuellement;trabaja|actual",
        "p08": "productive|asset;actifs|productif;activos|productivos",
        "p09": "search|job;looking|job;looking|work;seek|job;seek|work;cherche|emploi;busca|empleo;busca|trabajo",
        "p10": "acces|hous;acces|logement;acces|vivienda",
        "p11": "standard|hous;quality|hous;qualite|logement;calidad|vivienda",
        "p12": "acces|educa",
        "p13": "child|enrol;child|school;enfant|inscrit;enfant|scolaris;ninos|escuela",
        "p14": "acces|justic;law enforcement",
        "p15": "possess|id ;identity document;identification document;piece|identite;documento|identidad",
        "p16": "acces|health;acces|sante;acces|salud",
        "p17": "quality|health;adequa|health;qualite|sante;qualite|soins;calidad|salud",
        "p18": "acces|document",
        "p19": "drinking|water;safe|water;eau|potable;agua|potable",
        "p20": "public services;services publics;servicios publicos",
        "p21": "social|activit;activites|sociales;actividades|sociales",
        "p22": "support|network;reseau|soutien;red |apoyo",
        "p23": "belong;appartenance;pertenencia;الانتماء;تعلق",
        "p24": "physical|secur;physical|safe;feel|safe;securite|physique;seguridad|fisica",
        "p25": "conflict|famil;tension|famil;tension|domestic;conflit|famil",
        "p26": "discrimin",
        "p27": "distress;detresse",
        "p28": "psycholog|support;psycholog|soutien;psicolog|apoyo",
        "p29": "able|stay;abilit|stay;capable|rester;capaz|quedar",
        "p30": "need|remigrat;wish|remigrat;besoin|remigr",
    }.items()
}
"""For each element, the ways in which a heading tells it: beginnings of words, all of which must be there."""

YES: Final = frozenset(_phrases("yes|y|true|1|1.0|oui|vrai|si|sí|verdadero|نعم|بله|بلی"))
NO: Final = frozenset(_phrases("no|n|false|0|0.0|non|faux|falso|لا|نه|نخیر"))

SILENT: Final = frozenset(_phrases(
    "don't know|dont know|do not know|refused|refuse to answer|not applicable|not available|unknown|n/a|no answer|"
    "prefer not to say|prefer not to answer|refusé|refus|ne sait pas|ne sais pas|sans objet|non applicable|"
    "pas de réponse|no sabe|no responde|no aplica|sin respuesta|prefiere no decir|لا أعرف|لا ينطبق|رفض|نمی دانم"
))  # fmt: skip
"""Answers that say nothing."""

CODES: Final = {
    field: {phrase: code for code, text in codes.items() for phrase in _phrases(text)}
    for field, codes in {
        "sex": {
            "female": "f|woman|women|girl|femme|féminin|féminine|fille|mujer|femenino|femenina|niña|أنثى|امرأة|زن|"
            "دختر|مونث|مؤنث",
            "male": "m|man|men|boy|homme|masculin|garçon|hombre|h|masculino|niño|ذكر|رجل|مرد|پسر|مذکر",
            "other": "other|autre|otro|آخر|non-binary|another gender",
        },
        "perceived_choice": {
            "free": "full choice|choix libre|libre choix|libre elección|elección libre",
            "some": "un certain choix|cierta elección",
            "none": "no choice at all|aucun choix|ninguna elección",
        },
        "assistance": {"none": "aucune|ninguna", "cash": "cash grant|espèces|efectivo"},
    }.items()
}
"""Words for the codes of a category, besides the code and its label."""

ANSWERS: Final = {
    canonical: _phrases(text)
    for canonical, text in {
        "very satisfied": "très satisfait|très satisfaite|muy satisfecho|muy satisfecha|راض جدا|راضي جدا|بسیار راضی",
        "satisfied": "satisfait|satisfaite|satisfecho|satisfecha|راض|راضي|راضی",
        "neutral": "neutre|neither satisfied nor dissatisfied|ni satisfait ni insatisfait|"
        "ni satisfecho ni insatisfecho|neither safe nor unsafe|محايد",
        "dissatisfied": "unsatisfied|insatisfait|insatisfaite|insatisfecho|insatisfecha|غير راض|غير راضي|ناراضی",
        "very dissatisfied": "very unsatisfied|très insatisfait|très insatisfaite|muy insatisfecho|muy insatisfecha|"
        "غير راض جدا|بسیار ناراضی",
        "never": "jamais|nunca|أبدا|هرگز",
        "rarely": "rarement|raramente|rara vez|نادرا|به ندرت",
        "sometimes": "parfois|a veces|أحيانا|گاهی",
        "often": "souvent|a menudo|غالبا|اغلب",
        "very often": "très souvent|muy a menudo",
        "very good": "très bon|très bonne|muy bueno|muy buena|جيد جدا|بسیار خوب",
        "good": "bon|bonne|bueno|buena|جيد|خوب",
        "fair": "moyen|moyenne|passable|regular|متوسط",
        "poor": "bad|mauvais|mauvaise|malo|mala|سيئ|بد",
        "very poor": "very bad|très mauvais|très mauvaise|muy malo|muy mala|سيئ جدا|بسیار بد",
        "very strong": "très fort|muy fuerte",
        "strong": "fort|fuerte",
        "moderate": "modéré|moderado",
        "weak": "faible|débil",
        "very safe": "very secure|très en sécurité|muy seguro|muy segura",
        "safe": "secure|en sécurité|seguro|segura",
        "unsafe": "insecure|inseguro|insegura",
        "very unsafe": "very insecure|muy inseguro|muy insegura",
        "wish": "want|envie|deseo",
        "need": "besoin|necesidad",
    }.items()
}
"""The answers of `data.instrument` in other words."""

OF_PLACES: Final = (
    r"countr|province|district|village|city|town|region|area|school|organi[sz]ation|programme?|project|form|provider|"
    r"pays|pais|ville|ecole|projet|ciudad|proyecto|institution"
)
"""Beginnings of words whose names are not those of people (a regular expression)."""

PERSONAL: Final = {
    Mapped.BIRTH: "date of birth|birth ?dates?|dob|date de naissance|fecha de nacimiento|تاريخ الميلاد|تاریخ تولد",
    Mapped.PHONES: "(?:tele)?phones?(?: ?numbers?)?|mobile|tel|telefono|celular|cellphone|whatsapp|(?:ال)?هاتف|"
    "تلفن|تلیفون|موبایل",
    Mapped.EMAILS: "e ?mails?|courriel|correo(?: electronico)?",
    Mapped.PLACE: "gps|geo ?points?|geo ?location|latitude|longitude|altitude|lat|lon|lng|coordinates?|"
    "coordonnees|coordenadas|address(?:es)?|adresse|direccion|street|العنوان|آدرس|ادرس",
    Mapped.ASKER: "enumerators?|interviewers?|surveyors?|data collectors?|submitted by|submitter ?(?:id|name)|"
    "username|enqueteurs?|encuestador(?:a|es)?|مصاحبه کننده",
    Mapped.DEVICE: "device ?id|device|subscriber ?id|sim ?serial|sim ?id|imei|ip",
    Mapped.DOCUMENTS: "passport|passeport|pasaporte|tazkira|cnic|national id|cedula|numero de (?:documento|"
    "identidad|piece|carte)|(?:id|identity|document|card) (?:card )?(?:number|no)|رقم الهويه|رقم الهوية|تذکره",
    Mapped.ABOUT_THE_FORM: "audit|instance ?id|instance ?name|root ?uuid|formhub|xform id string|"
    "signature|photos?|pictures?|attachments?|audio|validation (?:by|uid)",
    Mapped.FREE_TEXT: "comments?|remarks?|observations?|specify|commentaires?|remarques?|precisez|comentarios?|"
    "especifique|in own words|in your own words|explain",
    Mapped.NAMES: "(?:sur|full)?names?|nom|noms|prenoms?|nombres?(?= completo| y apellido| del? (?:la|el|encuestad|"
    "entrevistad|beneficiari)|$)|apellidos?|الاسم|اسم|نام",
}
"""Words of headings that look personal, by the reason (regular expressions)."""

OTHERS: Final = (
    "child(?:ren)?|sons?|daughters?|spouse|wife|husband|father|mother|head|household|members?|enfants?|menage|"
    "epou(?:x|se)|pere|mere|hij[oa]s?|espos[oa]|padre|madre|hogar"
)
"""Words that make sex and age those of somebody else than the person asked (a regular expression)."""
