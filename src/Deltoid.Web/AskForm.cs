using System.Text.Json.Nodes;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Web;

/// <summary>A situation before it is charted: facts, and nobody's name. An empty field is not known.</summary>
public sealed record AskForm
{
    public string Drug { get; init => field = value ?? ""; } = "";

    public string Dose { get; init => field = value ?? ""; } = "";

    public string Route { get; init => field = value ?? ""; } = "";

    public string Site { get; init => field = value ?? ""; } = "";

    public string Drug2 { get; init => field = value ?? ""; } = "";

    public string Dose2 { get; init => field = value ?? ""; } = "";

    public string Route2 { get; init => field = value ?? ""; } = "";

    public string Site2 { get; init => field = value ?? ""; } = "";

    public string Place { get; init => field = value ?? ""; } = "11";

    /// <summary>The kind of payer.</summary>
    public string Payer { get; init => field = value ?? ""; } = "";

    /// <summary>A city, a ZIP code or a number: it sets Medicare's price.</summary>
    public string Locality { get; init => field = value ?? ""; } = "";

    public string Day { get; init => field = value ?? ""; } = "";

    public string Visit { get; init => field = value ?? ""; } = "";

    /// <summary>yes or no: the visit has a note of its own.</summary>
    public string Note { get; init => field = value ?? ""; } = "";

    public string Diagnosis { get; init => field = value ?? ""; } = "";

    public string Container { get; init => field = value ?? ""; } = "";

    public string Holds { get; init => field = value ?? ""; } = "";

    public string Discarded { get; init => field = value ?? ""; } = "";

    public string Source { get; init => field = value ?? ""; } = "";

    public string Supervision { get; init => field = value ?? ""; } = "";

    public string Role { get; init => field = value ?? ""; } = "";

    /// <summary>yes or no: seen here within three years.</summary>
    public string Established { get; init => field = value ?? ""; } = "";

    /// <summary>Questions that people ask, as the form answers them.</summary>
    public static IReadOnlyList<(string Name, string Words, AskForm Form)> Examples { get; } =
    [
        ("visit", "Toradol and a visit", new()
        {
            Drug = "toradol", Dose = "30 mg", Route = "im", Payer = "medicare", Visit = "99213", Diagnosis = "M54.50"
        }),
        ("two", "Two shots, two arms", new()
        {
            Drug = "b12", Dose = "1000 mcg", Route = "im", Site = "left deltoid", Drug2 = "toradol", Dose2 = "30 mg",
            Route2 = "im", Site2 = "right deltoid", Payer = "medicare", Diagnosis = "D51.0, M54.50"
        }),
        ("brown-bag", "The patient brought the drug", new()
        {
            Drug = "prolia", Dose = "60 mg", Route = "sc", Payer = "medicare", Source = "patient-supplied",
            Container = "prefilled-syringe", Diagnosis = "M81.0"
        }),
        ("emergency", "A shot in the emergency room", new()
        {
            Drug = "toradol", Dose = "30 mg", Route = "im", Place = "23", Payer = "commercial", Visit = "99283",
            Diagnosis = "N20.0"
        }),
        ("flu", "Flu and B12", new()
        {
            Drug = "Fluzone High-Dose", Dose = "0.5 mL", Route = "im", Container = "prefilled-syringe", Drug2 = "b12",
            Dose2 = "1000 mcg", Route2 = "im", Payer = "medicare", Diagnosis = "Z23, D51.0"
        }),
        ("vivitrol", "Vivitrol at a community mental health center", new()
        {
            Drug = "vivitrol", Dose = "380 mg", Route = "im", Place = "53", Payer = "medicaid", Container = "kit",
            Holds = "380 mg", Discarded = "none", Diagnosis = "F11.20"
        }),
    ];

    /// <summary>Encounter JSON of what is known.</summary>
    /// <exception cref="InputException">The day or the locality is not understood.</exception>
    internal string Document(CodeBook book)
    {
        if (!Days.TryRead(Day.Trim(), out var day))
            throw new InputException("", "The day is not understood.", "Write it as 2026-03-02.");
        if (Lookup.TermsOf(book, Locality, day, out var terms) is { } fault) throw new InputException("", fault,
            "Without a locality the national amount is shown.");
        return new JsonObject
        {
            ["serviceDate"] = day.Iso(), ["placeOfService"] = Text(Place), ["setting"] = "professional",
            ["payer"] = new JsonObject
            {
                ["kind"] = Text(Payer), ["locality"] = Text(terms.Locality), ["state"] = Text(terms.State),
            },
            ["patient"] = new JsonObject { ["established"] = YesOrNo(Established) },
            ["provider"] = new JsonObject { ["supervision"] = Text(Supervision), ["role"] = Text(Role) },
            ["diagnoses"] = new JsonArray([.. Diagnosis.Split([',', ' ', ';'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(static code => (JsonNode?)code)]),
            ["visits"] = Visit.Trim().Length == 0 ? new JsonArray()
                : new JsonArray(new JsonObject { ["code"] = Visit.Trim(), ["separateNote"] = YesOrNo(Note) }),
            ["administrations"] = Administrations(),
        }.ToJsonString();
    }

    JsonArray Administrations()
    {
        var given = new JsonArray();
        if (Drug.Trim().Length > 0)
            given.Add(new JsonObject
            {
                ["drug"] = Text(Drug), ["dose"] = Text(Dose), ["route"] = Text(Route), ["site"] = Text(Site),
                ["container"] = Text(Container), ["containerAmount"] = Text(Holds), ["discarded"] = Text(Discarded),
                ["source"] = Text(Source),
            });
        if (Drug2.Trim().Length > 0)
            given.Add(new JsonObject
            {
                ["drug"] = Text(Drug2), ["dose"] = Text(Dose2), ["route"] = Text(Route2), ["site"] = Text(Site2),
            });
        return given;
    }

    static string? Text(string typed) => typed.Trim() is { Length: > 0 } text ? text : null;

    static bool? YesOrNo(string typed) => typed switch { "yes" => true, "no" => false, _ => null };
}
