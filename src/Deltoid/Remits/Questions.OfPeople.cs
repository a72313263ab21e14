using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions about numbers and standing: of providers, of a laboratory.</summary>
internal static partial class Questions
{
    static Row[] OfPeople =>
    [
        new("identifier-differs", IdentifierDiffers, "provider-identifier"),
        new("enrolled", static (at, _) => EnrolledOn(at), "provider-enrolled"),
        new("enrolled-late", static (at, _) => EnrolledOn(at).And(Facts.First(at, "provider-enrolled") is { } fact
            ? Truths.Of(fact["retrospectiveFrom"] is not null
                || (fact["letterOn"] is { } letter && letter.Day > at.Remitted))
            : Truth.Unknown), "provider-enrolled"),
        new("clia-covers", CliaCovers, "clia-certificate"),
        new("clia-on-claim", static (at, _) => at.Of.Claim is { } claim
            && Facts.First(at, "clia-certificate")?["number"] is { } number
            ? Truths.Of(claim.Text(ClaimText.Clia) == number.Text)
            : Truth.Unknown, "clia-certificate"),
    ];

    static readonly (string Role, Party Party)[] Roles =
    [
        ("rendering", Party.Rendering), ("supervising", Party.Supervising), ("ordering", Party.Ordering),
        ("referring", Party.Referring), ("billing", Party.Billing),
    ];

    /// <summary>The record's number of a provider is not the one that the claim has.</summary>
    static Truth IdentifierDiffers(Situation at, string[] args)
    {
        if (Facts.First(at, "provider-identifier") is not { } fact || at.Of.Claim is not { } claim)
            return Truth.Unknown;
        var party = Array.Find(Roles, r => r.Role == fact["role"]!.Text).Party;
        return Truths.Of(claim.Text(party, PartyField.Npi) != fact["npi"]!.Text);
    }

    /// <summary>The provider's enrollment covers the day, if need be from the day that the letter reaches back
    /// to.</summary>
    static Truth EnrolledOn(Situation at) => Facts.Any(at, "provider-enrolled",
        fact => Truths.Of((fact["retrospectiveFrom"] ?? fact["from"])!.Day <= at.Day
            && (fact["thru"] is not { } thru || at.Day <= thru.Day)));

    /// <summary>A certificate of the practice that covers the test on its day.</summary>
    static Truth CliaCovers(Situation at, string[] args) => Facts.Any(at, "clia-certificate",
        fact => Truths.Of(fact["covers"]!.Flag && fact.CoversDay(at.Day)
            && (args.Length == 0 || Array.IndexOf(args, fact["kind"]?.Text) >= 0)));
}
