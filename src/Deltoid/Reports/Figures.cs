using System.Globalization;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>The figures of a set of files: claims as sent, and what came back.</summary>
internal sealed partial class Figures
{
    /// <param name="Part">Cents of the numerator; <paramref name="Whole"/>, of the denominator.</param>
    readonly record struct Sum(long Hits, long Of, long Part, long Whole);

    readonly Dictionary<(Measure Measure, string By, string Key), Sum> sums = [];
    readonly Dictionary<(Measure Measure, string By, string Key), List<int>> days = [];
    readonly Dictionary<(string By, string Key), string> names = [];
    readonly List<Figure> made = []; // what is no sum of counts
    readonly CodeBook book;
    readonly DrugCosts? costs;

    /// <param name="asOf">The day on which what is open is counted; default: the last day of the files.</param>
    /// <param name="costs">What drugs cost; null where it is not known, and no margin is made.</param>
    public Figures(Cohort cohort, CodeBook book, DateOnly asOf = default, DrugCosts? costs = null)
    {
        (Cohort, this.book, this.costs, Grader) = (cohort, book, costs, new Grader(book, new()));
        Standings = cohort.Standings();
        AsOf = asOf != default ? asOf : LastDay();
        Grader.AddAll(cohort);
        AddClaims();
        AddAcknowledgments();
        AddStatuses();
        AddAnswers();
        AddLines();
        AddOpen();
        ToDo = new ToDoList(this, book);
        AddCauses();
        AddLimits();
    }

    public Cohort Cohort { get; }

    public Grader Grader { get; }

    public IReadOnlyList<Standing> Standings { get; }

    /// <summary>The day on which what is open is counted; default where no file says a day.</summary>
    public DateOnly AsOf { get; }

    public bool HasCosts => costs is not null;

    public ToDoList ToDo { get; }

    DateOnly LastDay()
    {
        var last = default(DateOnly);
        foreach (var paid in Cohort.Payments) if (paid.Day > last) last = paid.Day;
        foreach (var status in Cohort.Statuses) if (status.Made > last) last = status.Made;
        foreach (var claim in Cohort.Claims) if (claim.Claim.Made > last) last = claim.Claim.Made;
        return last;
    }

    List<Figure>? all;

    /// <summary>In the order of the measures; the whole first, then by its parts.</summary>
    public IReadOnlyList<Figure> All => all ??= [.. sums
        .Select(static s => Of(s.Key.Measure, s.Key.By, s.Key.Key, s.Value))
        .Concat(days.Select(static d => new Figure(d.Key.Measure, d.Key.By, d.Key.Key, new(0, d.Value.Count),
            Days: Median(d.Value)))).Concat(made)
        .OrderBy(static f => Places[f.Measure]).ThenBy(static f => f.By, StringComparer.Ordinal)
        .ThenBy(static f => f.Key, StringComparer.Ordinal)];

    static readonly Dictionary<Measure, int> Places =
        Measures.All.Select(static (m, i) => (m, i)).ToDictionary(static p => p.m, static p => p.i);

    static Figure Of(Measure measure, string by, string key, in Sum sum) => measure.Unit switch
    {
        Unit.DollarShare => new(measure, by, key, new(0, sum.Of), new(sum.Part), new(sum.Whole)),
        Unit.Dollars => new(measure, by, key, new(0, sum.Of), new(sum.Part)),
        _ => new(measure, by, key, new(sum.Hits, sum.Of)),
    };

    /// <summary>The figure of a measure for all, or for one key; null where nothing was counted.</summary>
    public Figure? Of(Measure measure, string by = "", string key = "") =>
        All.FirstOrDefault(f => f.Measure == measure && f.By == by && f.Key == key);

    /// <summary>The name that goes with a key: of payer, provider, cause, drug; empty where it has none.</summary>
    public string NameOf(string by, string key) => names.GetValueOrDefault((by, key), "");

    void Name(string by, string key, string name)
    {
        if (name.Length > 0) names.TryAdd((by, key), name);
    }

    /// <summary>The middle one; of two in the middle their mean.</summary>
    public static decimal Median(List<int> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count == 0 ? 0
            : sorted.Count % 2 == 1 ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2m;
    }

    void Add(Measure measure, bool isHit, string by = "", string key = "", long times = 1) =>
        Add(measure, by, key, isHit ? times : 0, times, 0, 0);

    /// <summary>Dollars, and of a share the dollars it is of.</summary>
    void AddDollars(Measure measure, Money part, Money whole = default, string by = "", string key = "") =>
        Add(measure, by, key, 0, 1, part.Cents, whole.Cents);

    void Add(Measure measure, string by, string key, long hits, long of, long part, long whole)
    {
        var sum = sums.GetValueOrDefault((measure, by, key));
        sums[(measure, by, key)] = new(sum.Hits + hits, sum.Of + of, checked(sum.Part + part),
            checked(sum.Whole + whole));
    }

    void AddDays(Measure measure, DateOnly from, DateOnly thru, string by = "", string key = "")
    {
        if (from == default || thru == default || thru < from) return;
        if (!days.TryGetValue((measure, by, key), out var list)) days[(measure, by, key)] = list = [];
        list.Add(thru.DayNumber - from.DayNumber);
    }

    /// <summary>Who gave the service: the rendering provider of the claim, else the billing one.</summary>
    string ProviderOf(Claim claim)
    {
        foreach (var party in (ReadOnlySpan<Party>)[Party.Rendering, Party.Billing])
            if (claim.Text(party, PartyField.Npi) is { Length: > 0 } npi)
            {
                Name("provider", npi, string.Join(' ', new[] { claim.Text(party, PartyField.First),
                    claim.Text(party, PartyField.Name) }.Where(static part => part.Length > 0)));
                return npi;
            }
        return "unknown";
    }

    public static string MonthOf(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
