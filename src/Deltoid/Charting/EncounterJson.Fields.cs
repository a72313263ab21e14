using Deltoid.Claims;
using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Charting;

/// <summary>
/// The fields of the encounter JSON: the reader knows these names and no others; schema and docs/encounter.md are
/// written from these rows.
/// </summary>
public static partial class EncounterJson
{
    const string NotCharted = "not charted";

    static readonly T
        YesNoType = T.Either(T.Flag, T.Text),
        CountType = T.Either(T.Whole, T.Text),
        ChartedType = T.Either(T.Text, T.Flag, T.Open),
        DiagnosesType = T.ListOf(T.Text),
        NpiType = T.Text;

    static readonly FieldNames AmountFields = new(
        new JsonField("value", T.Either(T.Number, T.Text), "The number.", "1000", NotCharted),
        new JsonField("unit", T.Text, "ng, mcg, mg, g, mL, L, units, million units, mEq, mmol, each, cm2 or vg.",
            "\"mcg\"", NotCharted));

    static readonly T AmountObject = T.Object("amount", AmountFields), AmountType = T.Either(T.Text, AmountObject);

    static readonly FieldNames ConcentrationFields = new(
        new JsonField("value", T.Either(T.Number, T.Text), "The amount of drug.", "30", NotCharted),
        new JsonField("unit", T.Text, "Its unit.", "\"mg\"", NotCharted),
        new JsonField("per", T.Either(T.Text, AmountObject), "The volume that holds it; mL alone means 1 mL.",
            "\"1 mL\"", NotCharted));

    static readonly FieldNames OrderFields = new(
        new JsonField("by", ChartedType, "Who ordered it.", "\"ordering practitioner\"", NotCharted),
        new JsonField("on", T.Day, "The day of the order.", "\"2026-01-05\"", NotCharted),
        new JsonField("standing", YesNoType, "It is a standing order.", "true", NotCharted));

    static readonly FieldNames AdministrationFields = new(
        new JsonField("id", T.Text, "Your own name for this entry; it is not billed.", "\"a1\"", "none"),
        new JsonField("drug", T.Text, "The drug by any name people use: generic, brand, short form.", "\"Toradol\"",
            NotCharted),
        new JsonField("hcpcs", T.Text,
            "The drug's HCPCS or CPT code. It is billed if it is valid on the day, and names the drug if no name does.",
            "\"J1885\"", "found by the drug"),
        new JsonField("dose", AmountType,
            "What was given, with its unit. A volume alone does not say how much drug that is. "
            + "Two drugs of one product are written 600 mg/900 mg.", "\"30 mg\"",
            NotCharted),
        new JsonField("route", T.Charted(Words.Routes), "How it was given.", "\"im\"", NotCharted),
        new JsonField("site", T.Text, "Where it was given: side and place.", "\"left deltoid\"", NotCharted),
        new JsonField("container", T.Charted(Words.Containers), "What it came in. It decides between JW and JZ.",
            "\"single-dose\"", NotCharted),
        new JsonField("containerAmount", AmountType,
            "How much drug the container holds. With the dose it shows what was discarded.", "\"60 mg\"", NotCharted),
        new JsonField("ndc", T.Text, "The NDC on the label, with its hyphens, or eleven digits.", "\"00517-0031-25\"",
            NotCharted),
        new JsonField("lot", T.Text, "The lot number as on the label.", "\"XYZ2025\"", NotCharted),
        new JsonField("expires", T.Like("^ *$|^ *[0-9]{4}-[0-9]{2}(-[0-9]{2})? *$|^ *[0-9]{8} *$"),
            "When it expires: a month or a day. A month means its last day.", "\"2027-03\"", NotCharted),
        new JsonField("purpose", T.Charted(Words.Purposes), "What it was given for.", "\"therapeutic\"", NotCharted),
        new JsonField("source", T.Charted(Words.Sources), "Who paid for the drug. What others paid for is not billed.",
            "\"stock\"", "billed as bought by the practice"),
        new JsonField("diagnoses", DiagnosesType, "The ICD-10-CM codes that this was given for.", "[\"D51.0\"]",
            "those of the visit that fit the drug"),
        new JsonField("start", T.Text, "The time of day when it began.", "\"09:00\"", NotCharted),
        new JsonField("stop", T.Text, "The time of day when it ended; earlier than the start means the next day.",
            "\"10:15\"", NotCharted),
        new JsonField("minutes", CountType, "How long it ran, in minutes.", "75", "counted from start and stop"),
        new JsonField("discarded", T.Either(T.Text, T.Zero, AmountObject),
            "What was left in the container and thrown away, with its unit; none or 0 if nothing was.", "\"15 mg\"",
            NotCharted),
        new JsonField("given", YesNoType, "False: it was prepared and not given.", "false", "it was given"),
        new JsonField("syringe", T.Text, "The same label on two entries means that they were mixed in one syringe.",
            "\"s1\"", "a syringe of its own"),
        new JsonField("splitDose", YesNoType, "This is a part of one ordered dose that was given in several sticks.",
            "true", "a dose of its own"),
        new JsonField("target", T.Text, "What was treated: the joint, muscle, nerve or eye.", "\"right knee\"",
            NotCharted),
        new JsonField("muscles", CountType, "How many muscles were injected.", "3", NotCharted),
        new JsonField("lesions", CountType, "How many lesions were injected.", "2", NotCharted),
        new JsonField("lastGiven", T.Day, "The day of the dose before this one.", "\"2026-01-05\"", NotCharted),
        new JsonField("concentration", T.Either(T.Text, T.Object("concentration", ConcentrationFields)),
            "Drug in a volume, as 30 mg/mL, 1% or 1:1000. Needed when the dose is charted as a volume.", "\"30 mg/mL\"",
            NotCharted),
        new JsonField("volume", AmountType, "The volume that was given, in mL.", "\"1 mL\"", NotCharted),
        new JsonField("order", T.Either(T.Text, T.Flag, T.Object("order", OrderFields)),
            "The order: who, when, standing or not; a text or true says that there is one.",
            "{ \"by\": \"ordering practitioner\", \"on\": \"2026-01-05\" }", NotCharted),
        new JsonField("performer", ChartedType,
            "Who gave it. A role, or a credential after a comma, is read: \"J. Doe, RN\".", "\"RN\"", NotCharted),
        new JsonField("needle", ChartedType, "The needle.", "\"23G 1 in\"", NotCharted),
        new JsonField("observed", CountType, "How long the patient was watched, in minutes.", "15", NotCharted),
        new JsonField("response", ChartedType, "How the patient reacted.", "\"no reaction\"", NotCharted),
        new JsonField("instructions", ChartedType, "The instructions that the patient got.", "\"given in writing\"",
            NotCharted),
        new JsonField("consent", YesNoType, "Consent was obtained.", "true", NotCharted),
        new JsonField("indication", ChartedType, "Why it was given, in words.", "\"B12 level low\"", NotCharted),
        new JsonField("whyNotOral", ChartedType, "Why not by mouth.", "\"intrinsic factor missing\"", NotCharted),
        new JsonField("witness", ChartedType, "Who saw the waste of a controlled drug.", "\"RN\"", NotCharted),
        new JsonField("checked", YesNoType, "Patient, drug, dose, route and time were checked before giving.", "true",
            NotCharted),
        new JsonField("doseConfirmed", YesNoType,
            "The dose is outside of what is usual; somebody was asked about it, and it is meant.", "true", NotCharted),
        new JsonField("guidance", T.Text, "Imaging that guided the needle, with a record.", "\"ultrasound\"",
            NotCharted),
        new JsonField("notice", T.Charted(Words.Notices),
            "The liability notice (ABN): signed since a denial is likely, "
                + "voluntary for what Medicare excludes, not given. "
                + "It puts GA, GX with GY, or GZ on the lines.", "\"signed\"", NotCharted));

    static readonly FieldNames VisitFields = new(
        new JsonField("code", T.Text, "The CPT code of the visit.", "\"99213\"", NotCharted),
        new JsonField("separateNote", YesNoType,
            "A note shows work beyond the decision to inject. It is what 25 needs.", "true", NotCharted),
        new JsonField("placeOfService", T.Text, "Two digits, if the visit was in another place than the rest.",
            "\"02\"", "that of the encounter"),
        new JsonField("diagnoses", DiagnosesType, "The ICD-10-CM codes of the visit.", "[\"E11.9\"]",
            "those of the encounter"),
        new JsonField("modifiers", T.ListOf(T.Text), "Modifiers that the chart supports.", "[\"24\"]", "none"),
        new JsonField("minutes", CountType, "Time of the visit, in minutes.", "20", NotCharted));

    static readonly FieldNames ProcedureFields = new(
        new JsonField("code", T.Text, "The CPT or HCPCS code of another service of the day.", "\"20610\"", NotCharted),
        new JsonField("site", T.Text, "Where it was done.", "\"right knee\"", NotCharted),
        new JsonField("units", T.Units, "How many.", "1", "1"),
        new JsonField("diagnoses", DiagnosesType, "The ICD-10-CM codes it was done for.", "[\"M17.11\"]",
            "those of the encounter"),
        new JsonField("modifiers", T.ListOf(T.Text), "Modifiers that the chart supports.", "[\"RT\"]", "none"));

    static readonly FieldNames HistoryFields = new(
        new JsonField("date", T.Day, "The day of the earlier service.", "\"2026-01-05\"", NotCharted),
        new JsonField("code", T.Text, "Its code.", "\"96372\"", NotCharted),
        new JsonField("units", T.Units, "How many.", "1", "1"),
        new JsonField("provider", NpiType, "The NPI of the person who did it.", "\"1234567893\"", NotCharted));

    static readonly FieldNames PayerFields = new(
        new JsonField("kind", T.Charted(Words.PayerKinds), "What kind of payer it is.", "\"medicare\"", NotCharted),
        new JsonField("id", T.Text,
            "The payer's id. It is on the claim, and selects the payer's own rules if the book has them.",
            "\"MEDICARE-B\"", "none"),
        new JsonField("state", T.Text, "The state: two letters.", "\"IL\"", NotCharted),
        new JsonField("locality", T.Text, "The Medicare locality that sets prices: contractor and number.",
            "\"06102-16\"", "the national amount"));

    static readonly FieldNames PatientFields = new(
        new JsonField("birthDate", T.Day, "The day of birth.", "\"1958-04-09\"", NotCharted),
        new JsonField("sex", T.Charted(Words.Sexes), "F, M or X.", "\"F\"", NotCharted),
        new JsonField("established", YesNoType, "True: seen here within three years.", "true", NotCharted));

    static readonly FieldNames ProviderFields = new(
        new JsonField("supervision", T.Charted(Words.Supervisions),
            "How the billing practitioner supervised the injection.", "\"on-site\"", NotCharted),
        new JsonField("role", T.Charted(Words.Roles), "Who gave it, if the administration does not say.", "\"ma\"",
            NotCharted),
        new JsonField("billing", NpiType, "The NPI of the practice.", "\"1234567893\"", NotCharted),
        new JsonField("rendering", NpiType, "The NPI of the person who is billed for the service.", "\"1245319599\"",
            NotCharted),
        new JsonField("supervising", NpiType, "The NPI of the supervisor.", "\"1497758544\"", NotCharted));

    static readonly T VisitObject = T.Object("visit", VisitFields);

    static readonly FieldNames EncounterFields = new(
        new JsonField("serviceDate", T.Day, "The day of the visit. It chooses the codes, rules and prices.",
            "\"2026-03-02\"") { Required = true },
        new JsonField("placeOfService", T.Text,
            "Two digits of the CMS list: 11 office, 12 home, 19 and 22 hospital clinic, 20 urgent care.", "\"11\"",
            NotCharted),
        new JsonField("setting", T.Charted(Words.Settings), "Whose claim it is: the professional's or the facility's.",
            "\"professional\"", "the professional's"),
        new JsonField("offCampus", T.Charted(Words.OffCampusStandings),
            "For a hospital department in place of service 19: excepted (PO) or not (PN).", "\"excepted\"", NotCharted),
        new JsonField("payer", T.Object("payer", PayerFields), "Who pays.", "{ \"kind\": \"medicare\" }", NotCharted),
        new JsonField("patient", T.Object("patient", PatientFields),
            "What the codes depend on. No name: that is in billing.", "{ \"sex\": \"F\" }", NotCharted),
        new JsonField("provider", T.Object("provider", ProviderFields), "Who did it and who supervised.",
            "{ \"role\": \"ma\" }", NotCharted),
        new JsonField("diagnoses", DiagnosesType, "ICD-10-CM codes, the main one first. The dot may be left out.",
            "[\"D51.0\"]", NotCharted),
        new JsonField("visits", T.ListOf(VisitObject),
            "Office visits of the day, if a visit was done besides the injection.",
            "[ { \"code\": \"99213\", \"separateNote\": true } ]", "none"),
        new JsonField("visit", VisitObject, "One visit, instead of a list.", "", "none"),
        new JsonField("procedures", T.ListOf(T.Object("procedure", ProcedureFields)), "Other services of the day.",
            "[ { \"code\": \"81025\" } ]", "none"),
        new JsonField("administrations", T.ListOf(T.Object("administration", AdministrationFields)),
            "Each drug that was given, or prepared and not given.", "[ { \"drug\": \"B12\", \"dose\": \"1000 mcg\" } ]",
            "none"),
        new JsonField("counseling", YesNoType, "A physician or other qualified professional counseled on the vaccine.",
            "true", NotCharted),
        new JsonField("vascularAccesses", CountType, "How many separate lines into a vein were used.", "1", NotCharted),
        new JsonField("priorAuthorization", T.Text, "The payer's authorization number.", "\"A-00712\"", "none"),
        new JsonField("history", T.ListOf(T.Object("earlierService", HistoryFields)),
            "Earlier services of this patient.", "[ { \"date\": \"2026-01-05\", \"code\": \"96372\" } ]", "none known"),
        new JsonField("billing", ClaimJson.BillingType,
            "What a claim needs beyond the visit. Without it you get the lines and no claim that can leave.", "",
            "lines without a claim"));

    /// <summary>The encounter as a whole.</summary>
    internal static readonly T EncounterType = T.Object("encounter", EncounterFields);
}
