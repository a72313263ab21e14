using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Claims;

/// <summary>
/// The fields of claim JSON and of an encounter's <c>billing</c>: the reader knows these names and no others; the
/// schemas are written from these rows.
/// </summary>
public static partial class ClaimJson
{
    static readonly string[] NdcUnits = ["UN", "ML", "GR", "F2", "ME"];

    static readonly FieldNames AddressFields = new(
        new JsonField("line", T.Text, "Street and number, no post office box.", "\"210 Oak Street\""),
        new JsonField("city", T.Text, "City.", "\"Springfield\""),
        new JsonField("state", T.Text, "Two letters.", "\"IL\""),
        new JsonField("zip", T.Text, "ZIP code; nine digits for the billing provider and the facility.",
            "\"627041234\""));

    static readonly T SexType =
        T.Like("^ *$|^ *([FfMmXxUu]|[Ff]emale|FEMALE|[Mm]ale|MALE|[Ww]oman|[Mm]an|[Oo]ther|[Uu]nknown) *$");

    static readonly FieldNames PartyFields = new(
        new JsonField("name", T.Text, "Last name of a person, or the name of an organization.",
            "\"Oak Street Medicine\""),
        new JsonField("first", T.Text, "First name; only a person has one.", "\"Ann\""),
        new JsonField("middle", T.Text, "Middle name.", "\"M\""),
        new JsonField("suffix", T.Text, "Jr, III.", "\"Jr\""),
        new JsonField("npi", T.Text, "NPI, ten digits with their check digit.", "\"1234567893\""),
        new JsonField("taxId", T.Text, "Tax id: EIN 12-3456789 or SSN 123-45-6789.", "\"12-3456789\""),
        new JsonField("memberId", T.Text, "The insured's id on the card.", "\"1EG4TE5MK73\""),
        new JsonField("birthDate", T.Day, "Day of birth.", "\"1958-04-09\""),
        new JsonField("sex", SexType, "F, M or X; U as an 837 has it.", "\"F\""),
        new JsonField("address", T.Either(T.Object("address", AddressFields), T.Text), "Address.",
            "{ \"line\": \"210 Oak Street\", \"city\": \"Springfield\", \"state\": \"IL\", \"zip\": \"627041234\" }"),
        new JsonField("taxonomy", T.Text, "The provider's taxonomy code.", "\"207R00000X\""),
        new JsonField("phone", T.Text, "Ten digits.", "\"3125550100\""),
        new JsonField("group", T.Text, "The insured's group number (SBR03, box 11).", "\"G77\""),
        new JsonField("plan", T.Text, "The plan's name (SBR04, box 11c).", "\"Gold 500\""),
        new JsonField("relationship", T.Text,
            "The patient's relation to the insured: 18 self, 01 spouse, 19 child, G8 other.", "\"18\"",
            "18 where the insured is the patient"));

    static readonly FieldNames PayerFields = new(
        new JsonField("kind", T.Word(Words.PayerKinds), "What kind of payer it is.", "\"medicare\""),
        new JsonField("id", T.Text, "The payer's id.", "\"MEDICARE-B\""),
        new JsonField("name", T.Text, "The payer's name.", "\"Part B\""),
        new JsonField("filing", T.Text,
            "Claim filing code (SBR09): MB Medicare Part B, MC Medicaid, CI commercial, BL Blue Cross.", "\"MB\"",
            "by the kind of payer"),
        new JsonField("responsibility", T.Text, "P primary, S secondary, T tertiary (SBR01).", "\"P\"", "P"));

    static readonly FieldNames StatementFields = new(
        new JsonField("signature", T.Text, "Box 31, CLM06: Y the provider's signature is on file, N it is not.",
            "\"Y\"", "an 837 is refused"),
        new JsonField("signatureDate", T.Day, "The day of the provider's signature (box 31).", "\"2026-03-04\"",
            "box 31 has no date, with a warning"),
        new JsonField("assignment", T.Text,
            "Box 27, CLM07: A assignment accepted, B for laboratory services only, C not accepted.", "\"A\"",
            "an 837 is refused"),
        new JsonField("benefits", T.Text, "Box 13, CLM08: Y the patient assigned the benefits, N did not, W refused.",
            "\"Y\"", "an 837 is refused"),
        new JsonField("release", T.Text,
            "Box 12, CLM09: Y the patient signed a release of information, I informed consent where federal law"
                + " asks for no signature.",
            "\"Y\"", "an 837 is refused"),
        new JsonField("releaseDate", T.Day, "The day of the patient's signature (box 12).", "\"2026-01-05\"",
            "box 12 has no date"),
        new JsonField("patientSignature", T.Text, "CLM10: P the provider signed for the patient, who was not there.",
            "\"P\"", "not stated"),
        new JsonField("otherPlan", T.Flag, "Box 11d: there is another health plan. Medicare leaves the box blank.",
            "false", "box 11d is empty, with a warning"));

    static readonly FieldNames AdmissionFields = new(
        new JsonField("type", T.Text, "CL101: 1 emergency, 2 urgent, 3 elective.", "\"3\""),
        new JsonField("source", T.Text, "CL102: point of origin.", "\"1\""),
        new JsonField("status", T.Text, "CL103: patient status.", "\"01\""));

    static readonly FieldNames NdcFields = new(
        new JsonField("code", T.Text, "The NDC: eleven digits as billed, or with its hyphens.", "\"00517003125\""),
        new JsonField("layout", T.Text, "How the label wrote it, where it was not 5-4-2: 4-4-2, 5-3-2 or 5-4-1.",
            "\"4-4-2\"", "5-4-2"),
        new JsonField("unit", T.OneOf(NdcUnits),
            "UN units, ML milliliters, GR grams, F2 international units, ME milligrams."),
        new JsonField("quantity", T.Quantity, "How many of that unit.", "1"));

    static readonly FieldNames LineFields = new(
        new JsonField("number", T.Whole, "Its number, from 1.", "1", "its place in the list"),
        new JsonField("control", T.Text, "Your own number of the line (REF 6R); a remittance repeats it. An"
            + " empty text sends none.", "\"P001-1\"", "made from the claim's id"),
        new JsonField("code", T.Text, "CPT or HCPCS code.", "\"96372\""),
        new JsonField("modifiers", T.ListOf(T.Text), "At most four modifiers.", "[\"25\"]", "none"),
        new JsonField("units", T.Quantity, "Billed units.", "1", "0"),
        new JsonField("charge", T.Money, "Dollars for all units of the line.", "38.00") { OrNull = true },
        new JsonField("date", T.Day, "The day of service.", "\"2026-03-02\""),
        new JsonField("thru", T.Day, "The last day, of a service over several days.", "\"2026-03-03\"", "one day"),
        new JsonField("diagnoses", T.ListOf(T.Whole),
            "At most four pointers into the claim's diagnoses, from 1, the primary one first.", "[1]", "none"),
        new JsonField("placeOfService", T.Text, "Two digits, where it is not the claim's.", "\"12\"", "the claim's"),
        new JsonField("ndc", T.Object("ndc", NdcFields), "The drug's NDC and its quantity.", "", "none"),
        new JsonField("revenueCode", T.Text, "Revenue code of a facility's line.", "\"0636\"", "none"),
        new JsonField("narrative", T.Text, "Description of an unlisted or unclassified code.",
            "\"unclassified biologic 40 mg\"", "none"));

    static readonly FieldNames KeptFields = new(
        new JsonField("loop", T.Like(LoopPath.Pattern),
            "The loop by its name in the guide, from the claim on: 2320[2]/2330B is the payer of the second other"
                + " coverage, 2400[3] the line with number 3. The first of its kind needs no number.",
            "\"2320[1]/2330B\"") { Required = true },
        new JsonField("segments", T.ListOf(T.Text), "Its segments, without terminators.",
            "[\"REF*F8*2026045000123\"]") { Required = true });

    static readonly T PartyType = T.Object("party", PartyFields),
        StatementsType = T.Object("statements", StatementFields),
        AdmissionType = T.Object("admission", AdmissionFields);

    static readonly JsonField[] Parties =
    [
        new("billingProvider", PartyType, "Who is paid (box 33).", "", "not stated"),
        new("renderingProvider", PartyType, "Who did it (box 24J).", "", "none"),
        new("supervisingProvider", PartyType, "Who supervised (box 17, DQ).", "", "none"),
        new("orderingProvider", PartyType, "Who ordered it (box 17, DK).", "", "none"),
        new("referringProvider", PartyType, "Who referred the patient (box 17, DN).", "", "none"),
        new("serviceFacility", PartyType, "Where it was done, if not at the billing provider's address (box 32).", "",
            "the billing provider's address"),
        new("attendingProvider", PartyType, "A facility's attending provider.", "", "none"),
        new("subscriber", PartyType, "The insured (boxes 1a, 4, 7, 11).", "", "not stated"),
        new("patient", PartyType, "The patient, if not the insured (boxes 2, 3, 5, 6).", "",
            "the subscriber is the patient"),
    ];

    static readonly JsonField
        IdField = new("id", T.Text, "Your number of the claim (CLM01, box 26). A remittance repeats it.", "\"P001\"",
            "not stated"),
        FrequencyField = new("frequency", T.Like("^[0-9A-Za-z]$"),
            "1 original, 7 replacement, 8 void (CLM05-3, box 22).", "\"1\"", "1"),
        ClaimPayerField = new("payer", T.Object("claimPayer", PayerFields), "The payer as the claim names it.", "",
            "not stated"),
        AuthorizationField = new("priorAuthorization", T.Text, "The payer's authorization number (REF G1, box 23).",
            "\"A-00712\"", "none") { OrNull = true },
        ReferenceField = new("originalReference", T.Text,
            "The payer's number of the claim that is replaced or voided (REF F8, box 22).", "\"2026045000123\"",
            "none"),
        CliaField = new("clia", T.Text, "The CLIA number (REF X4, box 23).", "\"14D0000001\"", "none"),
        StatementsField = new("statements", StatementsType,
            "What the provider and the patient have signed and agreed to. It is never assumed.", "", "not stated"),
        TypeOfBillField = new("typeOfBill", T.Text, "A facility's type of bill without its frequency.", "\"13\"",
            "by the place of service"),
        AdmissionField = new("admission", AdmissionType, "A facility's admission.", "", "none"),
        PatientPaidField = new("patientPaid", T.Money, "Dollars that the patient has paid (AMT F5, box 29).", "20.00",
            "not stated");

    static readonly FieldNames BillingFields = new(
    [
        IdField, FrequencyField, .. Parties, ClaimPayerField, AuthorizationField, ReferenceField, CliaField,
            StatementsField, TypeOfBillField, AdmissionField, PatientPaidField,
        new("charges", T.MapOf(T.Charge),
            "Your charge for ONE BILLED UNIT of each code, in dollars. A line charges this times its units: J1885"
                + " at 20.00 and 2 units is 40.00.",
            "{ \"96372\": 38.00 }", "lines without charges"),
    ]);

    static readonly FieldNames ClaimFields = new(
    [
        IdField, FrequencyField,
        new("setting", T.Word(Words.Settings), "Whose claim it is.", "\"professional\"", "professional"),
        new("placeOfService", T.Text, "Two digits of the CMS list.", "\"11\""),
        .. Parties, ClaimPayerField, AuthorizationField, ReferenceField, CliaField, StatementsField, TypeOfBillField,
            AdmissionField,
        new("narrative", T.Text, "A note on the claim (NTE ADD, box 19).", "\"B12 level low\"", "none"),
        new("birthDate", T.Day, "The patient's day of birth, where no party states it.", "\"1958-04-09\""),
        new("sex", T.Word(Words.Sexes), "The patient's sex, where no party states it.", "\"F\""),
        new("visitDate", T.Day, "The day of the visit, where no line states one; of a facility's claim its first day.",
            "\"2026-03-02\"", "the first line's day"),
        new("diagnoses", T.ListOf(T.Text), "At most twelve ICD-10-CM codes; lines point to them.", "[\"D51.0\"]",
            "none"),
        new("charge", T.Money, "Dollars for all lines.", "50.50") { OrNull = true },
        PatientPaidField,
        new("lines", T.ListOf(T.Object("line", LineFields)), "The service lines.", "", "none"),
        new("separators", T.Like("^[\\s\\S]{4}$"),
            "Element, component, repetition and segment separator of other, where they are not the usual ones.",
            "\"|>!'\"", "*:^~"),
        new("other", T.ListOf(T.Either(T.Object("kept", KeptFields), T.Text)),
            "X12 segments without a field of their own, each with its loop. They are written as they were read. A text"
                + " alone is put where it fits best.",
            "", "none"),
    ]);

    /// <summary>The claim as a whole, and the <c>billing</c> of an encounter.</summary>
    internal static readonly T ClaimType = T.Object("claim", ClaimFields),
        BillingType = T.Object("billing", BillingFields);
}
