using System.Globalization;
using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Books;

/// <summary>A file that others can contradict, read by itself before it is taken.</summary>
sealed record Testimony(OfficialFile File, OfficialTable Table, string Hash, Release Release, PackDraft Draft)
{
    public int Rows { get; } = Draft.Mark().Sum();

    public int Year => Release.Covers.From?.Year ?? 0;

    public bool IsWhole => Rows >= Table.WholeFrom;
}

/// <summary>What two files have in common.</summary>
/// <param name="Compared">Rows that both have a word on.</param>
/// <param name="Differing">Rows on which they differ, as people find them: <c>locality 06102-17</c>.</param>
/// <param name="Wrong">The file that is wrong, where the rows say so; null when either may be.</param>
/// <param name="IsCertain">So many files were asked that no row may differ.</param>
sealed record Comparison(int Compared, List<string> Differing, Testimony? Wrong = null, bool IsCertain = false)
{
    /// <summary>The codes whose rows differ, where the row alone can be left out.</summary>
    public List<Code> Codes { get; init; } = [];

    public bool IsWithin(int mostPerThousand) =>
        (long)Differing.Count * 1000 <= (IsCertain ? 0 : (long)mostPerThousand * Compared);
}

delegate Comparison Comparing(Testimony file, Testimony witness, IReadOnlyList<Testimony> all);

/// <summary>Two tables that must agree.</summary>
/// <param name="What">What must agree, for people: "the localities".</param>
/// <param name="MostPerThousand">So many in a thousand may differ: what a publisher changes between releases.</param>
/// <param name="AreWitnesses">Whether two files of these tables are of days on which they must agree.</param>
sealed record Agreement(
    string Table, string Witness, string What, int MostPerThousand, Func<Testimony, Testimony, bool> AreWitnesses,
    Comparing Compare);

/// <summary>What was said of the files that wait.</summary>
/// <param name="Refused">Files that contradict others: why, and what to do.</param>
/// <param name="Doubts">What differs in files that are taken: few rows, as publishers' slips and corrections
/// are.</param>
/// <param name="Differing">The codes of those rows, once for each file that says otherwise.</param>
sealed record Verdict(
    Dictionary<Testimony, (string Why, string Try)> Refused, Dictionary<Testimony, List<string>> Doubts,
    Dictionary<Testimony, List<Code>> Differing)
{
    /// <summary>
    /// Codes whose rows two other files or more contradict: they are left out of a file that is taken.
    /// </summary>
    public HashSet<Code> WrongIn(Testimony file) =>
        Differing.TryGetValue(file, out var codes)
            ? [.. codes.GroupBy(static c => c).Where(static g => g.Count() > 1).Select(static g => g.Key)]
            : [];
}

/// <summary>
/// Files confront each other before they become a book: localities, relative values, caps, payment limits and codes are
/// published in several files, and a file that contradicts the others is refused, by name. Where two files contradict
/// each other and nothing says which is wrong, neither is taken.
/// </summary>
static class Witnesses
{
    const int MostNamed = 5;

    static readonly Agreement[] All =
    [
        new("pfs-gpci", "zip-locality", "the localities", 0, WithinAYear, Confronted.LocalitiesOfZips),
        new("pfs-gpci", "pfs-gpci", "the localities and their indices", 0, SameYear, Confronted.Indices),
        new("pfs-gpci", "pfs-gpci", "the localities of a year and of the year before", 50, NextYear,
            Confronted.Localities),
        new("pfs-gpci", "pfs-gpci", "the indices of a year and of the year before", 0, NextYear, Confronted.Drift),
        new("pfs-gpci", "pfs-cap", "the caps: relative values times indices times factor", 0, SameYear,
            Confronted.Caps),
        new("pfs-rvu", "pfs-rvu", "the totals and their parts", 0, static (a, b) => a == b, Confronted.Totals),
        new("pfs-rvu", "pfs-rvu", "the relative values of a year", 5, SameYear, Confronted.RelativeValues),
        new("asp-ndc", "hcpcs", "the codes", 2, NotBefore, Confronted.LevelTwoCodes),
        new("asp-ndc", "pfs-rvu", "the codes", 0, LaterInTheYear, Confronted.LevelTwoCodes),
        new("asp-ndc", "asp-limit", "the codes of a quarter", 2, SameQuarter, Confronted.CodesWithLimits),
        new("asp-limit", "hcpcs", "the codes", 2, NotBefore, Confronted.LevelTwoCodes),
        new("asp-limit", "pfs-rvu", "the codes", 0, LaterInTheYear, Confronted.LevelTwoCodes),
        new("asp-limit", "hcpcs", "the units", 5, WithinAYear, Confronted.UnitsOfTexts),
        new("asp-limit", "asp-limit", "the units of a quarter and of the quarter before", 5, NextQuarter,
            Confronted.Units),
        new("asp-limit-extract", "asp-limit", "the units", 5, WithinAYear, Confronted.Units),
    ];

    static bool SameYear(Testimony file, Testimony witness) =>
        file != witness && file.Year > 0 && file.Year == witness.Year;

    static bool WithinAYear(Testimony file, Testimony witness) => Math.Abs(file.Year - witness.Year) <= 1;

    static bool NextYear(Testimony file, Testimony before) => file.Year == before.Year + 1;

    /// <summary>The witness is of the same quarter or later: a list of codes keeps those that ended.</summary>
    static bool NotBefore(Testimony file, Testimony witness) =>
        witness.IsWhole && witness.Release.Covers.FromDay >= file.Release.Covers.FromDay;

    static bool LaterInTheYear(Testimony file, Testimony witness) =>
        SameYear(file, witness) && NotBefore(file, witness);

    static bool SameQuarter(Testimony file, Testimony witness) =>
        witness.IsWhole && file.Release.Covers == witness.Release.Covers;

    static bool NextQuarter(Testimony file, Testimony before) =>
        file.Release.Covers.FromDay == before.Release.Covers.ThruDay + 1;

    /// <summary>Whether files of a table wait for others.</summary>
    public static bool Know(OfficialTable table) =>
        table is Icd10Cm || Array.Exists(All, a => a.Table == table.Name || a.Witness == table.Name);

    /// <summary>
    /// Files that were published again: of two of one quarter the one with the later date in its name is in force.
    /// </summary>
    public static List<(Testimony File, Testimony Later)> Replaced(List<Testimony> files)
    {
        var replaced = new List<(Testimony, Testimony)>();
        var dated = files.Where(static f => f.Table is AspLimits or AspNdcs && Published(f) is not null);
        foreach (var same in dated.GroupBy(static f => (f.Table.Name, f.Release.Name)))
        {
            var latest = same.MaxBy(Published)!;
            replaced.AddRange(same.Where(f => Published(f) < Published(latest)).Select(f => (f, latest)));
        }
        return replaced;
    }

    /// <summary>The day at the end of a payment file's name: <c>… 121725.csv</c>.</summary>
    static DateOnly? Published(Testimony file)
    {
        var name = Path.GetFileNameWithoutExtension(file.File.Name);
        if (name.Length <= 6) return null;
        var invariant = CultureInfo.InvariantCulture;
        return DateOnly.TryParseExact(name.AsSpan(name.Length - 6), "MMddyy", invariant, DateTimeStyles.None,
            out var day)
            ? day
            : null;
    }

    sealed record Confrontation(Testimony File, Testimony Witness, Agreement Agreement, Comparison Comparison)
    {
        public bool Is(Testimony file) => File == file || Witness == file;

        public Testimony Other(Testimony file) => File == file ? Witness : File;

        public Testimony[] Both => File == Witness ? [File] : [File, Witness];
    }

    /// <summary>
    /// The file that contradicts most is refused, until the rest agree; of two that contradict each other, the one that
    /// fewer other files confirm.
    /// </summary>
    public static Verdict Judge(List<Testimony> files)
    {
        var verdict = new Verdict([], [], []);
        var (confirmed, left) = (new Dictionary<Testimony, int>(), new List<Confrontation>());
        foreach (var each in Confrontations(files))
        {
            if (!each.Comparison.IsWithin(each.Agreement.MostPerThousand)) left.Add(each);
            else if (each.Comparison.Differing.Count > 0) Doubt(verdict, each);
            else if (each.Comparison.Compared > 0)
                foreach (var one in each.Both) confirmed[one] = confirmed.GetValueOrDefault(one) + 1;
        }
        while (left.Count > 0)
        {
            (int Guilt, int Alone) Of(Testimony file) =>
                (left.Sum(c => GuiltOf(c, file)), -confirmed.GetValueOrDefault(file));
            var most = files.Select(Of).Where(static f => f.Guilt > 0).Max();
            foreach (var file in files.FindAll(f => Of(f) == most))
                verdict.Refused[file] = Reported(file, left.FindAll(c => c.Is(file)));
            left.RemoveAll(c => verdict.Refused.ContainsKey(c.File) || verdict.Refused.ContainsKey(c.Witness));
        }
        return verdict;
    }

    /// <summary>All files that must agree, each pair once for each agreement.</summary>
    static List<Confrontation> Confrontations(List<Testimony> files)
    {
        var all = new List<Confrontation>();
        foreach (var agreement in All)
            foreach (var file in files.Where(f => f.Table.Name == agreement.Table))
                foreach (var witness in files.Where(w =>
                    w.Table.Name == agreement.Witness && agreement.AreWitnesses(file, w)))
                {
                    if (all.Exists(c => c.Agreement == agreement && c.File == witness && c.Witness == file)) continue;
                    all.Add(new(file, witness, agreement, agreement.Compare(file, witness, files)));
                }
        return all;
    }

    static int GuiltOf(Confrontation each, Testimony file) =>
        !each.Is(file) ? 0 : each.Comparison.Wrong == file ? 3 : 1;

    /// <summary>Notes rows that differ, in both files.</summary>
    static void Doubt(Verdict verdict, Confrontation each)
    {
        foreach (var file in each.Both)
        {
            if (!verdict.Differing.TryGetValue(file, out var codes)) verdict.Differing[file] = codes = [];
            codes.AddRange(each.Comparison.Codes);
        }
        if (!verdict.Doubts.TryGetValue(each.File, out var doubts)) verdict.Doubts[each.File] = doubts = [];
        doubts.Add(
            $"differs from {each.Witness.File.Path} in {each.Agreement.What}: {Named(each.Comparison.Differing)}");
    }

    static string Named(List<string> rows)
    {
        var more = rows.Count > MostNamed
            ? string.Create(CultureInfo.InvariantCulture, $" and {rows.Count - MostNamed:N0} more")
            : "";
        return string.Join(", ", rows.Take(MostNamed)) + more;
    }

    static (string Why, string Try) Reported(Testimony file, List<Confrontation> all)
    {
        var first = all.Find(c => c.Comparison.Wrong == file) ?? all[0];
        var (other, rows) = (first.Other(file), Named(first.Comparison.Differing));
        if (other == file)
            return ($"contradicts itself in {first.Agreement.What}: {rows}", "download it again from the publisher");
        var others = all.Select(c => c.Other(file)).Where(o => o != other && o != file).Select(static o => o.File.Path)
            .Distinct().ToList();
        var more = others.Count > 0 ? $"; it also contradicts {string.Join(", ", others)}" : "";
        return ($"contradicts {other.File.Path} in {first.Agreement.What}: {rows}{more}",
            "one of the two is not as published: download both again; if both "
                + "are, compile them into books of their own");
    }
}
