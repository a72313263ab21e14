using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>What an amount of a question is of.</summary>
internal enum AmountRole : byte { Given, Container, Discarded, Ordered }

/// <summary>An amount of a question; without a unit, it counts what the drug's code counts.</summary>
/// <param name="At">Its place in the question.</param>
internal readonly record struct SaidAmount(Amount Amount, decimal Bare, AmountRole Role, string Text, int At);

/// <summary>A question, read: what it names, and its features, by which intents.tsv chooses.</summary>
internal sealed class Inquiry
{
    public required CodeBook Book { get; init; }

    public required string Raw { get; init; }

    /// <summary>Its words in small letters, one blank between, mended where they were slips.</summary>
    public string Text { get; set; } = "";

    /// <summary>The day the answer is for: a day of the question, else the one it was asked on.</summary>
    public DateOnly Day { get; set; }

    public DateOnly Today { get; init; }

    public bool IsDaySaid { get; set; }

    /// <summary>Another day of service that the question names.</summary>
    public DateOnly? OtherDay { get; set; }

    public HashSet<string> Features { get; } = new(StringComparer.Ordinal);

    public List<Code> Codes { get; } = [];

    /// <summary>Texts of the shape of a code that the book does not have on any day.</summary>
    public List<string> NotCodes { get; } = [];

    /// <summary>What is called a modifier and is none of the book's.</summary>
    public string NotModifier { get; set; } = "";

    public List<Code> Diagnoses { get; } = [];

    public List<Modifier> Modifiers { get; } = [];

    public List<Reason> Reasons { get; } = [];

    public List<string> UnknownReasons { get; } = [];

    public List<Drug> Drugs { get; } = [];

    /// <summary>The name by which each drug was found.</summary>
    public List<string> DrugNames { get; } = [];

    /// <summary>The place of each drug's name in the question.</summary>
    public List<int> DrugsAt { get; } = [];

    /// <summary>Words that were taken for a slip of a drug's name.</summary>
    public List<string> Mended { get; } = [];

    public List<SaidAmount> Amounts { get; } = [];

    /// <summary>So much of the drug in so much volume: 30 mg/mL.</summary>
    public (Amount Of, Amount In, string Text)? Strength { get; set; }

    /// <summary>Units of a code that the question believes in: "= 1", "x 4", "bill 6 units".</summary>
    public decimal? ClaimedUnits { get; set; }

    /// <summary>How many of something were done: 3 shots, 4 muscles.</summary>
    public int? Count { get; set; }

    public int? Minutes { get; set; }

    /// <summary>Of several drugs the minutes of each, where that is plain; else empty.</summary>
    public int?[] MinutesOf { get; set; } = [];

    public int? Age { get; set; }

    public int? Months { get; set; }

    /// <summary>A price that the question believes in, from and to.</summary>
    public (decimal From, decimal To)? ClaimedPrice { get; set; }

    public Code Place { get; set; }

    public string NdcText { get; set; } = "";

    /// <summary>Another number in which the question writes the same NDC.</summary>
    public string ClaimedNdc { get; set; } = "";

    public int? Zip { get; set; }

    /// <summary>A year of the question, whatever day was taken for it.</summary>
    public int? Year { get; set; }

    /// <summary>The second of two years that are compared.</summary>
    public int? OtherYear { get; set; }

    public PayerKind Payer { get; set; }

    /// <summary>The route, where the question says one and no other.</summary>
    public Route Route { get; set; }

    /// <summary>All routes that the question names.</summary>
    public HashSet<Route> Routes { get; } = [];

    /// <summary>The route of each drug, where several drugs have several routes and each of them its own.</summary>
    public List<Route> RouteOfDrug { get; } = [];

    /// <summary>What was not understood where it decides the code for giving a drug: words, and the fact of asks.tsv
    /// that is asked for.</summary>
    public List<(string Fact, string Words)> Doubts { get; } = [];

    /// <summary>Swallowed, inhaled, sprayed or put on the skin.</summary>
    public static bool IsNotInjected(Route route) => route is Route.Oral or Route.Sublingual or Route.Intranasal
        or Route.Inhaled or Route.Topical or Route.Rectal;

    public static bool IsOfVein(Route route) => route is Route.Iv or Route.IvPush or Route.IvInfusion;

    public ContainerKind Container { get; set; }

    /// <summary>Asked in Spanish: it is answered so as far as the rows go.</summary>
    public bool IsSpanish => Has("spanish") || Raw.Contains('¿', StringComparison.Ordinal);

    /// <summary>Counseling that is said, or that the question's code says.</summary>
    public bool IsCounseled => Has("counseled") || (Has("is:CounseledVaccineAdministration") && !Has("not-counseled"));

    public bool Has(string feature) => Features.Contains(feature);

    /// <summary>The amount of a role; none where the question has none.</summary>
    public SaidAmount? AmountOf(AmountRole role)
    {
        foreach (var amount in Amounts)
            if (amount.Role == role) return amount;
        return null;
    }

    /// <summary>Whether the question has the fact already, so that it is not asked for.</summary>
    public bool Knows(string fact) => fact switch
    {
        "drug" => Drugs.Count > 0,
        "dose" => AmountOf(AmountRole.Given) is not null,
        "route" => Route != Route.None,
        "payer" => Payer != PayerKind.None,
        "container" => Container != ContainerKind.None,
        "container-amount" => AmountOf(AmountRole.Container) is not null,
        "diagnosis" => Diagnoses.Count > 0,
        "place" => !Place.IsNone,
        "age" => Age is not null,
        "code" => Codes.Count > 0,
        "muscles" => Has("count:muscle"),
        "reason" => Reasons.Count > 0,
        _ => false,
    };
}
