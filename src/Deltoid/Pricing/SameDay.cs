using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Pricing;

/// <summary>Why a line is paid less, or could not be, beside the others of its day.</summary>
[Flags]
internal enum DayRules : byte
{
    None = 0, Surgery = 1, Endoscopy = 2, EndoscopyBase = 4, Imaging = 8, Therapy = 16, Cardiovascular = 32,
    Ophthalmology = 64, NotKnown = 128
}

/// <summary>
/// What Medicare allows for the lines of one practice, patient, day and session together: the multiple procedure rules
/// by the indicator of each row, with the shares that CMS writes in the layout of the relative value file (RVU25D.pdf,
/// field 116).
/// </summary>
internal static class SameDay
{
    const int Ranked = 5; // one in full and four by a share; what ranks below is paid by report

    /// <param name="lines">All of one day.</param>
    /// <param name="place">The place of service.</param>
    public static Expected[] Price(CodeBook book, ReadOnlySpan<ServiceLine> lines, Code place, in PriceTerms terms)
    {
        var priced = new Expected[lines.Length];
        var services = new List<DayLine>();
        for (var i = 0; i < lines.Length; i++)
        {
            priced[i] = FeeSchedule.Price(book, PayerKind.Medicare, Setting.Professional, lines[i], place, terms);
            if (priced[i].Basis != PriceBasis.FeeSchedule
                || FeeSchedule.UnitOf(book, lines[i], priced[i].AtFacility, terms, out var unit) != Unpriced.None)
                continue;
            services.Add(new(i, lines[i], unit));
        }
        Therapy(services);
        Diagnostic(book, services, 4, DayRules.Imaging, LegalShare.FurtherImagingTechnical,
            LegalShare.FurtherImagingProfessional);
        Diagnostic(book, services, 6, DayRules.Cardiovascular, LegalShare.FurtherCardiovascular, null);
        Diagnostic(book, services, 7, DayRules.Ophthalmology, LegalShare.FurtherOphthalmology, null);
        Surgery(book, services, terms);
        foreach (var line in services) priced[line.Index] = After(line, priced[line.Index]);
        return priced;
    }

    static Expected After(DayLine line, in Expected alone)
    {
        if (line.IsByReport) return new() { Why = Unpriced.ByReport };
        if (line.Rules == DayRules.None) return alone;
        var isLess = line.Amount < alone.Amount!.Value;
        return alone with { Amount = line.Amount, Rules = line.Rules, Full = isLess ? alone.Amount : null,
            LimitingCharge = alone.LimitingCharge is null
            || !isLess ? alone.LimitingCharge
            : Money.Round(line.Amount.Dollars * line.ShareOf(LegalShare.LimitingCharge)) };
    }

    /// <summary>
    /// Indicator 5: the unit with the largest practice expense in full, of all others half the practice expense.
    /// </summary>
    static void Therapy(List<DayLine> services)
    {
        var lines = services.FindAll(static l => l.Row.Multiple == 5);
        if (lines.Sum(static l => l.Units) < 2) return;
        var first = lines.MaxBy(static l => l.Unit.PracticeDollars);
        foreach (var line in lines)
            line.TakeOff(line.Paid - line.Unit.Paid(line.Unit.WithPracticeAt(line.ShareOf(LegalShare.FurtherTherapy))),
                line.Units - (line == first ? 1 : 0), DayRules.Therapy);
    }

    /// <summary>
    /// Indicators 4, 6 and 7: of the technical parts the largest in full and a share of the others, and likewise of the
    /// professional parts where <paramref name="professional"/> says their share.
    /// </summary>
    static void Diagnostic(CodeBook book, List<DayLine> services, byte indicator, DayRules rule, LegalShare technical,
        LegalShare? professional)
    {
        var lines = services.FindAll(l => l.Row.Multiple == indicator);
        if (lines.Sum(static l => l.Units) < 2) return;
        foreach (var line in lines) line.FindParts(book);
        Lower([.. lines.Where(static l => l.Technical is not null)], static l => l.Technical!.Value, technical, rule);
        if (professional is { } share)
            Lower([.. lines.Where(static l => l.Professional is not null)], static l => l.Professional!.Value,
                share, rule);
    }

    static void Lower(List<DayLine> lines, Func<DayLine, UnitFee> partOf, LegalShare share, DayRules rule)
    {
        var first = lines.MaxBy(l => partOf(l).Dollars);
        foreach (var line in lines)
        {
            var part = partOf(line);
            line.TakeOff(part.Paid(part.Dollars) - part.Paid(part.Reduced(line.ShareOf(share))),
                line.Units - (line == first ? 1 : 0), rule);
        }
    }

    /// <summary>
    /// Something that takes one rank among the surgery of the day: a unit of a procedure, or a whole family of
    /// endoscopies.
    /// </summary>
    sealed record Rank(Money Price, List<(DayLine Line, Money Amount)> Parts);

    /// <summary>Indicators 2 and 3: families of endoscopies first, then all by their price.</summary>
    static void Surgery(CodeBook book, List<DayLine> services, in PriceTerms terms)
    {
        var ranks = new List<Rank>();
        var left = services.FindAll(static l => l.Row.Multiple is 2 or 3);
        foreach (var line in left)
            if (line.Row.Multiple == 3 && line.Row.EndoscopyBase.IsNone) line.Note(DayRules.NotKnown);
        foreach (var code in left.Where(static l => l.Row.Multiple == 3 && !l.Row.EndoscopyBase.IsNone)
            .Select(static l => l.Row.EndoscopyBase).Distinct().ToList())
        {
            var family = left.FindAll(l => l.Row.EndoscopyBase == code || l.Line.Code == code);
            if (family.Sum(static l => l.Units) < 2 || FamilyOf(book, family, code, terms) is not { } rank) continue;
            ranks.Add(rank);
            left.RemoveAll(family.Contains);
        }
        foreach (var line in left)
            for (var unit = 0; unit < Math.Min(line.Units, Ranked + 1); unit++)
                ranks.Add(new(line.Paid, [(line, line.Paid)]));
        if (ranks.Count < 1) return;
        foreach (var (place, rank) in ranks.OrderByDescending(static r => r.Price.Cents).Index())
            foreach (var (line, amount) in rank.Parts)
            {
                var less = place == 0 ? 1 : line.ShareOf(LegalShare.LowerRankedSurgery);
                line.TakeRank(place >= Ranked, Money.Round(amount.Dollars * less),
                    place == 0 ? DayRules.None : DayRules.Surgery);
            }
    }

    /// <summary>
    /// The dearest endoscopy in full, of the others what they cost above their base, and the base itself not at all: it
    /// is in each of them. Null where the base has no fee here; then its family is ranked like other surgery, and that
    /// is noted.
    /// </summary>
    static Rank? FamilyOf(CodeBook book, List<DayLine> family, Code code, in PriceTerms terms)
    {
        var based = new ServiceLine { Number = 1, Code = code, Date = family[0].Line.Date, Units = Quantity.One };
        if (FeeSchedule.UnitOf(book, based, family[0].Unit.AtFacility, terms, out var fee) != Unpriced.None)
        {
            foreach (var line in family) line.Note(DayRules.NotKnown);
            return null;
        }
        var (below, first, parts) = (fee.Paid(fee.Dollars),
            family.Where(l => l.Line.Code != code).MaxBy(static l => l.Paid.Cents), new List<(DayLine, Money)>());
        foreach (var line in family)
        {
            var above = line.Line.Code == code ? Money.Zero : new Money(Math.Max(0, line.Paid.Cents - below.Cents));
            if (line != first || line.Units > 1)
                line.Note(line.Line.Code == code ? DayRules.EndoscopyBase : DayRules.Endoscopy);
            parts.Add((line, line == first ? line.Paid + (above * (line.Units - 1)) : above * line.Units));
        }
        return new(new(parts.Sum(static p => p.Item2.Cents)), parts);
    }
}
