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
}

/// <summary>What two files have in common.</summary>
/// <param name="Compared">Rows that both have a word on.</param>
/// <param name="Differing">Rows on which they differ, as people find them: <c>locality 06102-01 (IL)</c>.</param>
/// <param name="Wrong">The file that is wrong, where the rows themselves say so; null when either may be.</param>
/// <param name="IsCertain">So many files were asked that no row may differ.</param>
sealed record Comparison(int Compared, List<string> Differing, Testimony? Wrong = null, bool IsCertain = false)
{
    /// <summary>The codes whose rows differ, where the row alone can be left out.</summary>
    public List<Code> Codes { get; init; } = [];

    public bool IsWithin(int mostPerThousand) => (long)Differing.Count * 1000 <= (IsCertain ? 0 : (long)mostPerThousand * Compared);
}

/// <summary>Two tables that must agree.</summary>
/// <param name="What">What must agree, for people: "the localities".</param>
/// <param name="MostPerThousand">So many in a thousand may differ: what publishers change from one release to the next.</param>
/// <param name="AreWitnesses">Whether two files of these tables are of days on which they must agree.</param>
sealed record Agreement(string Table, string Witness, string What, int MostPerThousand, Func<Testimony, Testimony, bool> AreWitnesses, Func<Testimony, Testimony, IReadOnlyList<Testimony>, Comparison> Compare);

/// <summary>
/// Files confront each other before they become a book: localities, relative values, caps, payment limits and codes are published in
/// several files, and a file that contradicts the others is refused, by name. Where two files contradict each other and nothing says
/// which is wrong, neither is taken.
/// </summary>
static class Witnesses
{
    const int MostNamed = 5;

    static readonly Agreement[] All =
    [
        new("pfs-gpci", "zip-locality", "the localities", 0, WithinAYear, Confronted.LocalitiesOfZips),
        new("pfs-gpci", "pfs-gpci", "the localities and their indices", 0, SameYear, Confronted.Indices),
        new("pfs-gpci", "pfs-gpci", "the localities of a year and of the year before", 50, static (a, b) => a.Year == b.Year + 1, Confronted.Localities),
        new("pfs-gpci", "pfs-gpci", "the indices of a year and of the year before", 0, static (a, b) => a.Year == b.Year + 1, Confronted.Drift),
        new("pfs-gpci", "pfs-cap", "the caps: relative values times indices times factor", 0, SameYear, Confronted.Caps),
        new("pfs-rvu", "pfs-rvu", "the totals and their parts", 0, static (a, b) => a == b, Confronted.Totals),
        new("pfs-rvu", "pfs-rvu", "the relative values of a year", 5, static (a, b) => a != b && SameYear(a, b), Confronted.RelativeValues),
        new("asp-ndc", "hcpcs", "the codes", 2, NotBefore, Confronted.CodesOfPackages),
        new("asp-ndc", "asp-limit", "the codes of a quarter", 2, static (a, b) => a.Release.Covers == b.Release.Covers && IsWhole(b), Confronted.CodesWithLimits),
        new("asp-limit", "hcpcs", "the codes", 2, NotBefore, Confronted.CodesOfLimits),
        new("asp-limit", "pfs-rvu", "the codes", 0, static (a, b) => SameYear(a, b) && NotBefore(a, b), Confronted.CodesOfLimits),
        new("asp-ndc", "pfs-rvu", "the codes", 0, static (a, b) => SameYear(a, b) && NotBefore(a, b), Confronted.CodesOfPackages),
        new("asp-limit", "hcpcs", "the units", 5, static (a, b) => Math.Abs(a.Year - b.Year) <= 1, Confronted.UnitsOfTexts),
        new("asp-limit", "asp-limit", "the units of a quarter and of the quarter before", 5, static (a, b) => Follows(a, b), Confronted.Units),
        new("asp-limit-extract", "asp-limit", "the units", 5, WithinAYear, Confronted.Units),
    ];

    static bool SameYear(Testimony a, Testimony b) => a.Year > 0 && a.Year == b.Year;

    static bool WithinAYear(Testimony a, Testimony b) => Math.Abs(a.Year - b.Year) <= 1;

    /// <summary>The witness is of the same quarter or later: a HCPCS file keeps all codes that ever were.</summary>
    static bool NotBefore(Testimony file, Testimony witness) => witness.Release.Covers.FromDay >= file.Release.Covers.FromDay && IsWhole(witness);

    static bool IsWhole(Testimony file) => file.Rows >= file.Table.WholeFrom;

    static bool Follows(Testimony file, Testimony before) => file.Release.Covers.FromDay == before.Release.Covers.ThruDay + 1;

    public static bool Know(OfficialTable table) => table is Icd10Cm || Array.Exists(All, a => a.Table == table.Name || a.Witness == table.Name);

    /// <summary>Files that the publisher replaced: of two payment files of one quarter the one with the later date in its name is in force.</summary>
    public static List<(Testimony File, Testimony Later)> Replaced(List<Testimony> files)
    {
        var replaced = new List<(Testimony, Testimony)>();
        foreach (var same in files.Where(static f => f.Table is AspLimits or AspNdcs && Published(f) is not null).GroupBy(static f => (f.Table.Name, f.Release.Name)))
        {
            var latest = same.MaxBy(Published)!;
            replaced.AddRange(same.Where(f => f != latest && Published(f) < Published(latest)).Select(f => (f, latest)));
        }
        return replaced;
    }

    /// <summary>The day at the end of a payment file's name: <c>… 121725.csv</c>.</summary>
    static DateOnly? Published(Testimony file)
    {
        var name = Path.GetFileNameWithoutExtension(file.File.Name);
        return name.Length > 6 && DateOnly.TryParseExact(name.AsSpan(name.Length - 6), "MMddyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    sealed record Confrontation(Testimony File, Testimony Witness, Agreement Agreement, Comparison Comparison)
    {
        public bool Is(Testimony file) => File == file || Witness == file;
    }

    /// <summary>
    /// The files that contradict others, each with what it contradicts and what to do. Of those the one that contradicts most is refused, until
    /// the rest agree; of two that contradict each other, the one that fewer other files confirm.
    /// </summary>
    /// <param name="doubts">Filled with what differs in files that are taken all the same: few rows, as publishers' slips and corrections are.</param>
    /// <param name="wrong">Filled with codes whose rows two other files or more contradict: they are left out of a file that is taken.</param>
    public static Dictionary<Testimony, (string Why, string Try)> Refuse(List<Testimony> files, Dictionary<Testimony, List<string>> doubts, Dictionary<Testimony, List<Code>> wrong)
    {
        var differing = new Dictionary<(Testimony File, Code Code), int>();
        var (refused, confirmed, left) = (new Dictionary<Testimony, (string, string)>(), new Dictionary<Testimony, int>(), new List<Confrontation>());
        foreach (var each in Compared(files))
        {
            if (!each.Comparison.IsWithin(each.Agreement.MostPerThousand)) { left.Add(each); continue; }
            if (each.Comparison.Differing.Count > 0) Under(doubts, each.File).Add($"differs from {each.Witness.File.Path} in {each.Agreement.What}: {Named(each.Comparison.Differing)}");
            foreach (var code in each.Comparison.Codes)
                foreach (var one in (ReadOnlySpan<Testimony>)[each.File, each.Witness]) differing[(one, code)] = differing.GetValueOrDefault((one, code)) + 1;
            if (each.Comparison is { Compared: > 0, Differing.Count: 0 } && each.File != each.Witness)
                foreach (var one in (ReadOnlySpan<Testimony>)[each.File, each.Witness]) confirmed[one] = confirmed.GetValueOrDefault(one) + 1;
        }
        foreach (var ((file, code), count) in differing) if (count > 1) Under(wrong, file).Add(code);
        while (left.Count > 0)
        {
            var guilt = files.ToDictionary(static f => f, f => (Most: left.Sum(c => !c.Is(f) ? 0 : c.Comparison.Wrong == f ? 3 : 1), Alone: -confirmed.GetValueOrDefault(f)));
            var most = guilt.Where(static g => g.Value.Most > 0).Max(static g => g.Value);
            foreach (var file in files.Where(f => guilt[f] == most)) refused[file] = Told(file, left.FindAll(c => c.Is(file)));
            left.RemoveAll(c => refused.ContainsKey(c.File) || refused.ContainsKey(c.Witness));
        }
        return refused;
    }

    static List<T> Under<T>(Dictionary<Testimony, List<T>> lists, Testimony file) => lists.TryGetValue(file, out var list) ? list : lists[file] = [];

    /// <summary>All files that must agree, each pair once for each agreement.</summary>
    static List<Confrontation> Compared(List<Testimony> files)
    {
        var all = new List<Confrontation>();
        foreach (var agreement in All)
            foreach (var file in files.Where(f => f.Table.Name == agreement.Table))
                foreach (var witness in files.Where(w => w.Table.Name == agreement.Witness && agreement.AreWitnesses(file, w)))
                    if (!all.Exists(c => c.Agreement == agreement && c.Is(file) && c.Is(witness) && c.File != file)) all.Add(new(file, witness, agreement, agreement.Compare(file, witness, files)));
        return all;
    }

    static string Named(List<string> rows) => string.Join(", ", rows.Take(MostNamed)) + (rows.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {rows.Count - MostNamed:N0} more") : "");

    static (string Why, string Try) Told(Testimony file, List<Confrontation> all)
    {
        var first = all.Find(c => c.Comparison.Wrong == file) ?? all[0];
        var (other, rows) = (first.File == file ? first.Witness : first.File, Named(first.Comparison.Differing));
        if (other == file) return ($"contradicts itself in {first.Agreement.What}: {rows}", "take the file as published: download it again");
        var others = all.Select(c => c.File == file ? c.Witness : c.File).Where(o => o != other && o != file).Select(static o => o.File.Path).Distinct().ToList();
        var more = others.Count > 0 ? $"; it also contradicts {string.Join(", ", others)}" : "";
        return ($"contradicts {other.File.Path} in {first.Agreement.What}: {rows}{more}", "one of the two is not as published: download both again from the publisher; if both are, compile them into books of their own");
    }
}
