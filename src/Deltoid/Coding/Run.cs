using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>One bag or push, with the bags that continue it: the drugs in it, and when it ran.</summary>
internal sealed class Run
{
    public enum Sort : byte { Chemo, Therapy, Hydration }

    const int Day = 24 * 60;

    Run(Given lead, Sort kind)
    {
        (Lead, Kind) = (lead, kind);
        Givens.Add(lead);
    }

    public Given Lead { get; }

    public List<Given> Givens { get; } = [];

    public Sort Kind { get; }

    public bool IsPush { get; private init; }

    /// <summary>Minutes of the service date, past 1440 after midnight; empty without a charted start.</summary>
    readonly List<(int From, int Thru)> spans = [];

    /// <summary>Minutes of bags without a charted start.</summary>
    int untimed;

    /// <summary>False when neither minutes nor a stop is charted for one of its bags.</summary>
    public bool IsMinutesKnown => Givens.TrueForAll(static g => g.Minutes is not null);

    public int? From => spans.Count == 0 ? null : spans.Min(static s => s.From);

    public int? Thru => spans.Count == 0 ? null : spans.Max(static s => s.Thru);

    /// <summary>How long it ran; what two of its bags ran at the same time counts once.</summary>
    public int Minutes => untimed + Length(spans);

    public bool IsInfusion => !IsPush && Kind != Sort.Hydration;

    /// <summary>
    /// Chemotherapy that runs on by pump for more than eight hours: only its start is billed, by a code that is neither
    /// first nor further hour (INJ-039).
    /// </summary>
    public bool IsPump => Kind == Sort.Chemo && !IsPush && Minutes > 480;

    /// <summary>
    /// Facility order: chemotherapy infusion, chemotherapy push, therapeutic infusion, therapeutic push, hydration.
    /// </summary>
    public int Rank => Kind switch { Sort.Chemo => IsPush ? 2 : 1, Sort.Therapy => IsPush ? 5 : 4, _ => 7 };

    public static Run Of(Given given)
    {
        var charted = given.Charted;
        var kind = given.Class switch
        {
            DrugClass.Antineoplastic or DrugClass.HormonalAntineoplastic or DrugClass.Complex => Sort.Chemo,
            DrugClass.Hydration => Sort.Hydration,
            _ when charted.Purpose == Purpose.Hydration => Sort.Hydration,
            _ => Sort.Therapy,
        };
        var isShort = charted.Route == Route.IvPush || given.Minutes is null or <= 15;
        var run = new Run(given, kind) { IsPush = kind != Sort.Hydration && isShort };
        if (charted.Start is { } start) run.spans.Add((Minute(start), Minute(start) + (given.Minutes ?? 0)));
        else run.untimed = given.Minutes ?? 0;
        return run;
    }

    static int Minute(TimeOnly time) => (time.Hour * 60) + time.Minute;

    /// <summary>
    /// The next bag of the same infusion: no times keep them apart, they overlap, or hardly a pause is between them.
    /// </summary>
    public bool IsContinuedBy(Run next)
    {
        if (IsPush || next.IsPush || Kind != next.Kind || Lead.Where.Compare(next.Lead.Where) == Likeness.Different)
            return false;
        if (Kind == Sort.Hydration) return true; // the fluids of one access are one service
        if (!Lead.IsSameDrug(next.Lead)) return false;
        return From is null || next.From is null || (next.From - Thru <= 5 && From - next.Thru <= 5);
    }

    public void Continue(Run next)
    {
        Givens.AddRange(next.Givens);
        spans.AddRange(next.spans);
        untimed += next.untimed;
    }

    /// <summary>Minutes of this run during which one of the others ran too.</summary>
    public int Beside(IEnumerable<Run> others)
    {
        var theirs = others.SelectMany(static o => o.spans).ToList();
        return Length(spans) + Length(theirs) - Length([.. spans, .. theirs]);
    }

    /// <summary>A start soon after midnight belongs to the next day when another run went on past midnight.</summary>
    public void FollowPastMidnight(List<Run> runs)
    {
        if (Thru is not { } end || end > Day) return;
        var start = From + Day;
        if (!runs.Exists(r => r.Thru > Day && start >= r.From && start <= r.Thru + 60)) return;
        for (var i = 0; i < spans.Count; i++) spans[i] = (spans[i].From + Day, spans[i].Thru + Day);
    }

    /// <summary>Minutes that some of the spans cover.</summary>
    static int Length(List<(int From, int Thru)> spans)
    {
        var (minutes, reached) = (0, int.MinValue);
        foreach (var (from, thru) in spans.Order())
        {
            if (thru > reached) minutes += thru - Math.Max(from, reached);
            reached = Math.Max(reached, thru);
        }
        return minutes;
    }
}
