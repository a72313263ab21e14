using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>A part of an amount that law sets.</summary>
internal enum LegalShare : byte
{
    Sequestration, Coinsurance, NonParticipating, LimitingCharge, BothSides, LowerRankedSurgery, FurtherTherapy,
    FurtherImagingTechnical, FurtherImagingProfessional, FurtherCardiovascular, FurtherOphthalmology
}

/// <summary>The rows of <c>shares.tsv</c>. Immutable; read once.</summary>
internal static class LegalShares
{
    static readonly string[] Names =
    [
        "sequestration", "coinsurance", "non-participating", "limiting-charge", "both-sides", "lower-ranked-surgery",
        "further-therapy", "further-imaging-technical", "further-imaging-professional", "further-cardiovascular",
        "further-ophthalmology"
    ];

    static readonly Lazy<(DateRange Dates, decimal Percent)[][]> Shipped = new(Read);

    /// <summary>In percent, on a day.</summary>
    /// <exception cref="InvalidOperationException">No row is of the day.</exception>
    public static decimal Percent(LegalShare share, DateOnly day)
    {
        foreach (var (dates, percent) in Shipped.Value[(int)share])
            if (dates.Contains(day)) return percent;
        throw new InvalidOperationException($"no row of shares.tsv for {Names[(int)share]}");
    }

    /// <summary>As a factor: 0.95 for 95 percent.</summary>
    /// <inheritdoc cref="Percent"/>
    public static decimal Of(LegalShare share, DateOnly day) => Percent(share, day) / 100;

    static (DateRange, decimal)[][] Read()
    {
        var all = Array.ConvertAll(Names, static _ => new List<(DateRange, decimal)>());
        var rows = ShippedRows.Open("pricing/shares.tsv");
        int share = rows.Column("share"), from = rows.Column("from"), thru = rows.Column("thru"),
            percent = rows.Column("percent");
        while (rows.Next())
            all[Array.IndexOf(Names, new string(rows[share]))].Add((rows.Dates(from, thru), rows.Decimal(percent)));
        return Array.ConvertAll(all, static rows => rows.ToArray());
    }
}
