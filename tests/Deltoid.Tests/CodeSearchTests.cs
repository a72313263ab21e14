using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Cli;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// Codes are found by what people type, slips forgiven; over the shipped rows, and over a pack of the size of the
/// official files.
/// </summary>
public sealed class CodeSearchTests
{
    const int FirstPage = 20;

    static readonly CodeBook Starter = StarterBook.Open();

    static readonly Lazy<CodeBook> Official = new(static () => StarterBook.Under(Pack.Of(SearchFiles.Pack())));

    static IReadOnlyList<CodeHit> Find(string text, CodeBook? book = null, int limit = FirstPage) =>
        (book ?? Starter).Search.Find(text, new(2026, 10, 1), limit);

    static string[] Codes(string text, CodeBook? book = null) => [.. Find(text, book).Select(h => h.Code.ToString())];

    [Theory]
    [InlineData("toradol", "J1885")]
    [InlineData("Toradol®", "J1885")]
    [InlineData("torad", "J1885")]
    [InlineData("torradol", "J1885")] // one letter too many
    [InlineData("tordol", "J1885")] // one too few
    [InlineData("otradol", "J1885")] // two changed about
    [InlineData("ketoralac", "J1885")] // another
    [InlineData("ketroloac", "J1885")] // twice
    [InlineData("ketoralac trom", "J1885")]
    [InlineData("ketorolac 30 mg im", "J1885")] // with words that stand nowhere
    [InlineData("toradol shot", "J1885")]
    [InlineData("toradol xqzvwkjp", "J1885")] // a drug's name is enough
    [InlineData("depo medrol", "J1010")]
    [InlineData("depo-medrol", "J1010")]
    [InlineData("depomedrol", "J1010")]
    [InlineData("DEPO MEDRL", "J1010")]
    [InlineData("96372", "96372")]
    [InlineData("j1885", "J1885")]
    [InlineData("JZ", "JZ")]
    [InlineData("knee injection", "20610")]
    [InlineData("shoulder shot", "20610")]
    [InlineData("ankle injection", "20605")]
    [InlineData("trigger point injections", "20552")]
    [InlineData("rocefin", "J0696")]
    [InlineData("injection administration", "96372")]
    [InlineData("iv push", "96374")]
    [InlineData("infusion", "96365")]
    [InlineData("vaccine administration", "90471")]
    [InlineData("ultrasound guidance", "76942")]
    [InlineData("nurse visit", "99211")]
    [InlineData("pregnancy test", "81025")]
    [InlineData("epi pen", "J0165")]
    [InlineData("hives", "L509")]
    [InlineData("UTI", "N390")]
    public void The_first_is_what_was_meant(string typed, string code) =>
        Assert.Equal(code, Codes(typed).FirstOrDefault());

    [Theory]
    [InlineData("zorgle")]
    [InlineData("rocefi")] // with two slips no beginning of a word
    public void A_word_far_from_all_finds_nothing(string typed) => Assert.Empty(Codes(typed));

    [Fact]
    public void A_code_without_a_label_says_so() =>
        Assert.StartsWith("0232T     (no label in this code book)\n", CommandLine.Run("codes", "find", "prp").Out,
            StringComparison.Ordinal);

    [Fact]
    public void Several_brands_of_one_code_are_a_list() =>
        Assert.Contains(Find("humira"), static hit => hit.Label == "adalimumab (Hyrimoz, adalimumab-adaz)");

    [Fact]
    public void A_retired_code_stands_behind_with_its_successor()
    {
        var hits = Find("depo medrol");
        var old = Assert.Single(hits, h => h.Code == Code.Of("J1030"));
        Assert.False(old.IsInForce);
        Assert.Equal([Code.Of("J1010")], old.Successors);
        Assert.Equal(new DateOnly(2024, 3, 31), old.Dates.Thru);
        Assert.True(hits[0].IsInForce);
        // on a day when it was in force
        Assert.Equal("J1030",
            Starter.Search.Find("depo medrol", new(2024, 3, 1))
                .First(h => h.IsInForce && h.Code != Code.Of("J1040")).Code.ToString());
    }

    [Theory]
    [InlineData("m7510", "M7510")]
    [InlineData("m75.10", "M7510")]
    [InlineData("M75.1", "M751")]
    public void A_diagnosis_is_found_with_its_dot_and_without(string typed, string code) =>
        Assert.Equal(code, Codes(typed)[0]);

    [Fact]
    public void A_beginning_of_a_code_finds_the_codes_in_their_order()
    {
        var hits = Find("j10");
        Assert.All(hits, h => Assert.StartsWith("J10", h.Code.ToString(), StringComparison.Ordinal));
        var inForce = hits.Where(h => h.IsInForce && h.Kind == FindKind.Procedure).Select(h => h.Code).ToArray();
        Assert.Equal(inForce.Order(), inForce);
        Assert.Contains(Code.Of("J1010"), inForce);
    }

    [Theory]
    [InlineData("low back pain")]
    [InlineData("back pain low")]
    [InlineData("low bakc pain")]
    [InlineData("low back pa")]
    public void A_diagnosis_is_found_by_its_words_the_billable_first(string typed)
    {
        var first = Find(typed)[0];
        Assert.StartsWith("M545", first.Code.ToString(), StringComparison.Ordinal);
        Assert.False(first.IsHeader);
    }

    [Theory]
    [InlineData("xqzvwkjp")]
    [InlineData("zz9999")]
    [InlineData("")]
    [InlineData("!?")]
    public void What_nobody_wrote_finds_nothing(string typed) => Assert.Empty(Find(typed));

    [Fact]
    public void Every_container_is_found_by_its_number_however_it_is_written()
    {
        foreach (var drug in Starter.Drugs)
            foreach (var vial in drug.Vials)
            {
                if (vial.Ndc.IsNone || drug.Products.Count == 0) continue;
                var ndc = vial.Ndc.ToString();
                var forms = new List<string> { ndc, $"{ndc[..5]}-{ndc[5..9]}-{ndc[9..]}" };
                if (ndc[0] == '0') forms.AddRange([ndc[1..], $"{ndc[1..5]}-{ndc[5..9]}-{ndc[9..]}"]);
                else if (ndc[5] == '0') forms.AddRange([ndc.Remove(5, 1), $"{ndc[..5]}-{ndc[6..9]}-{ndc[9..]}"]);
                foreach (var form in forms)
                    Assert.Contains(Find(form), h => h.Kind == FindKind.Package && h.Ndc == ndc && h.Drug == drug);
            }
    }

    [Fact]
    public void Every_name_of_a_drug_finds_it_on_the_first_page()
    {
        var faults = new List<string>();
        foreach (var (book, step) in (ReadOnlySpan<(CodeBook, int)>)[(Starter, 1), (Official.Value, 12)])
            foreach (var drug in book.Drugs.Where((_, i) => i % step == 0))
                foreach (var name in (IEnumerable<string>)[drug.Name, .. drug.Brands, .. drug.Slang])
                    if (drug.Products.Count > 0
                        && !Find(name, book).Any(h => drug.Products.Any(p => p.Hcpcs == h.Code)))
                        faults.Add($"{name}: {drug.Name}");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public void Every_code_is_found_by_itself_and_by_its_label()
    {
        for (var id = 0; id < Starter.CodeCount; id++)
        {
            if (Starter.Codes[id].IsEmpty) continue;
            Assert.Equal(Starter[id], Find(Starter[id].ToString(), limit: 3)[0].Code);
            var label = Starter.LabelOf(Starter.Codes[id][^1]);
            if (id % 5 == 0 && label.Length > 0) Assert.Contains(Find(label, limit: 60), h => h.Code == Starter[id]);
        }
    }

    [Fact]
    public void The_same_words_find_the_same_in_the_same_order()
    {
        var again = StarterBook.Open();
        foreach (var typed in (string[])["k", "ke", "pain", "inj", "vaccine", "m54", "steroid", "ketoralac", "0000"])
            Assert.Equal(Find(typed).Select(static h => h.ToString()),
                Find(typed, again).Select(static h => h.ToString()).ToArray(), StringComparer.Ordinal);
        var few = Find("pain", limit: 3);
        Assert.Equal(few.Select(h => h.Code), Find("pain", limit: 40).Take(3).Select(h => h.Code));
    }

    [Fact]
    public void Official_rows_are_found_beside_the_shipped_ones()
    {
        var book = Official.Value;
        Assert.NotNull(FindIndex.Of(book.Pack!));
        Assert.True(book.Search.RowCount > SearchFiles.Diagnoses + SearchFiles.Procedures + SearchFiles.Packages);
        Assert.Equal("J1885", Codes("toradol", book)[0]);
        for (var i = 0; i < SearchFiles.Diagnoses; i += 997)
        {
            var (code, label) = SearchFiles.Diagnosis(i);
            Assert.Equal(code, Find(code.ToDiagnosis(), book, 1)[0].Code);
            Assert.Contains(Find(label, book, 60), h => h.Code == code && h.Label == label);
        }
        var official = Find(SearchFiles.Procedure(4), book)[0];
        // new only in official rows: its short text
        Assert.Equal((SearchFiles.Procedure(4), SearchFiles.Short(4)), (official.Code.ToString(), official.Label));
        Assert.Equal(official.Code, Find(SearchFiles.Long(4), book)[0].Code);
        Assert.Equal(official.Code, Find(SearchFiles.Short(4), book)[0].Code);
    }

    [Fact]
    public void A_package_of_the_crosswalk_finds_its_code()
    {
        for (var i = 0; i < SearchFiles.Packages; i += 501)
        {
            var hit = Find(SearchFiles.Ndc(i).ToString("D11", CultureInfo.InvariantCulture), Official.Value)[0];
            Assert.Equal((FindKind.Package, SearchFiles.Procedure(i % SearchFiles.Procedures)),
                (hit.Kind, hit.Code.ToString()));
        }
    }

    [Fact]
    public void A_package_of_a_directory_finds_the_codes_of_its_drug()
    {
        var draft = new PackDraft();
        draft.Sources.Add(SearchFiles.Source("fda-package", DateRange.Of(new(2026, 1, 1), new(2026, 12, 31))));
        draft.Packages.Add(new(63_323_016_201, DateRange.Always, -1, default, default, default, default, default,
            default, draft.Text("1 VIAL"), 0));
        draft.Products.Add(new(633_230_162, DateRange.Always, draft.Text("Ketorolac Tromethamine"), default, default,
            default, default, default, 0));
        draft.Packages.Add(new(55_555_016_201, DateRange.Always, -1, draft.Text("Nobody's Remedy"), default, default,
            default, default, default, default, 0));
        var book = StarterBook.Under(Pack.Of(draft.Write()));
        foreach (var typed in (string[])["63323-162-01", "63323016201", "6332316201", "63323-0162"])
        {
            var hit = Assert.Single(Find(typed, book));
            Assert.Equal((FindKind.Package, "J1885", "63323016201", "ketorolac"),
                (hit.Kind, hit.Code.ToString(), hit.Ndc, hit.Drug!.Name));
        }
        var unknown = Assert.Single(Find("55555-0162-01", book));
        Assert.Equal((Code.None, "Nobody's Remedy"), (unknown.Code, unknown.Label));
        // packages by name stand for their code
        Assert.Single(Find("ketorolac tromethamine", book), h => h.Code == Code.Of("J1885"));
    }

    [Fact]
    public void Rows_of_two_years_are_found_once_as_the_day_has_them()
    {
        var draft = new PackDraft();
        for (byte year = 0; year < 2; year++)
        {
            draft.Sources.Add(SearchFiles.Source("icd10cm",
                DateRange.Of(new(2024 + year, 10, 1), new(2025 + year, 9, 30))));
            draft.Diagnoses.Add(Code.Of("M5450"), DiagnosisTraits.Billable,
                draft.Text(year == 0 ? "Lumbago" : "Low back pain, unspecified"), year);
            if (year == 0)
                draft.Diagnoses.Add(Code.Of("M54XX"), DiagnosisTraits.Billable, draft.Text("Lumbago of old"), year);
        }
        var book = StarterBook.Under(Pack.Of(draft.Write()));
        var hit = Assert.Single(book.Search.Find("m54.50", new(2026, 3, 1)));
        Assert.Equal("Low back pain, unspecified", hit.Label);
        Assert.Equal("Lumbago", Assert.Single(book.Search.Find("m54.50", new(2024, 11, 1))).Label);
        Assert.False(Assert.Single(book.Search.Find("lumbago of old", new(2026, 3, 1))).IsInForce);
        Assert.True(Assert.Single(book.Search.Find("lumbago of old", new(2024, 11, 1))).IsInForce);
    }

    [Theory]
    [InlineData("toradol", "toradol", false, 0)]
    [InlineData("torradol", "toradol", false, 1)]
    [InlineData("toardol", "toradol", false, 1)]
    [InlineData("ketro", "ketorolac", true, 1)]
    [InlineData("ketrolacs", "ketorolac", false, 2)]
    [InlineData("ab", "ba", false, 1)]
    public void Slips_are_counted(string typed, string word, bool isBegun, int slips)
    {
        var draft = new FindDraft();
        draft.Add(FindKind.Procedure, 1, word, DateRange.Always);
        Assert.Single(draft.Build().Like(Encoding.ASCII.GetBytes(typed), 4, isBegun ? 4 : -1, out var least));
        Assert.Equal(slips, least);
    }

    [Fact]
    public void Slips_are_counted_as_by_the_table_of_distances()
    {
        var random = new Random(7);
        string Any() => new([.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => (char)('a' + random.Next(3)))]);
        var words = Enumerable.Range(0, 200).Select(_ => Any()).Distinct().Order(StringComparer.Ordinal).ToArray();
        var draft = new FindDraft();
        foreach (var word in words) draft.Add(FindKind.Procedure, 1, word, DateRange.Always);
        var index = draft.Build();
        foreach (var typed in Enumerable.Range(0, 100).Select(_ => Any() + Any()).Distinct())
            foreach (var isBegun in (bool[])[false, true])
            {
                var slips = words.Select(word => Distance(typed, word, isBegun)).ToArray();
                var expected = slips.Min() > 3
                    ? []
                    : Enumerable.Range(0, words.Length).Where(i => slips[i] == slips.Min()).ToArray();
                Assert.Equal(expected, index.Like(Encoding.ASCII.GetBytes(typed), 3, isBegun ? 3 : -1, out _));
            }
    }

    /// <summary>By the definition: the table, row by row.</summary>
    static int Distance(string typed, string word, bool isBegun)
    {
        var table = new int[typed.Length + 1, word.Length + 1];
        for (var i = 0; i <= typed.Length; i++)
            for (var j = 0; j <= word.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (typed[i - 1] == word[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        return isBegun
            ? Enumerable.Range(0, word.Length + 1).Min(j => table[typed.Length, j])
            : table[typed.Length, word.Length];
    }

    [Fact]
    public void The_command_shows_retired_codes_with_their_successors()
    {
        var found = CommandLine.Run("codes", "find", "depo", "medrol");
        Assert.Equal(Exit.Clean, found.Exit);
        Assert.StartsWith("J1010     methylprednisolone acetate\n", found.Out, StringComparison.Ordinal);
        Assert.Contains("J1030     methylprednisolone acetate, until 2024-03-31 → J1010\n", found.Out,
            StringComparison.Ordinal);
        Assert.Single(CommandLine.Run("codes", "find", "pain", "--limit", "1").Out.TrimEnd().Split('\n'));
        Assert.Equal(Exit.Usage, CommandLine.Run("codes", "find", "pain", "--limit", "0").Exit);
        Assert.DoesNotContain("until", CommandLine.Run("codes", "find", "j1030", "--date", "2024-03-01").Out,
            StringComparison.Ordinal);
        var nothing = CommandLine.Run("codes", "find", "xqzvwkjp");
        Assert.Equal((Exit.Found, "", "deltoid: nothing in this code book matches\n"), nothing);
    }

    [Fact]
    public void On_a_terminal_with_colour_a_retired_code_is_struck()
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        Assert.Equal(Exit.Clean,
            App.Run(["codes", "find", "j1030"], new Terminal(Stream.Null, output, error, color: true)));
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("\e[9mJ1030", text, StringComparison.Ordinal);
        Assert.Contains("\e[0m → J1010", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_writes_json()
    {
        using var json = JsonDocument.Parse(CommandLine.Run("codes", "find", "depo", "medrol", "--json").Out);
        var old = json.RootElement.EnumerateArray().Single(h => h.GetProperty("code").GetString() == "J1030");
        Assert.Equal(("drug", "methylprednisolone acetate", false, "2024-03-31", "J1010"),
            (old.GetProperty("kind").GetString(), old.GetProperty("drug").GetString(),
                old.GetProperty("inForce").GetBoolean(), old.GetProperty("thru").GetString(),
                old.GetProperty("successors")[0].GetString()));
        Assert.Equal("[]", CommandLine.Run("codes", "find", "xqzvwkjp", "--json").Out.Trim());
    }
}

/// <summary>
/// Made-up official rows in the number of the real ones: words of syllables, so that many begin alike.
/// </summary>
static class SearchFiles
{
    public const int Diagnoses = 75_000, Procedures = 9_000, Packages = 10_000;

    static readonly string[] Syllables =
        ["ba", "cor", "dil", "fen", "gra", "hy", "lo", "mes", "nor", "pra", "qui", "ros", "sta", "tri", "vex", "zol"];

    static string Word(int number) =>
        Syllables[number & 15] + Syllables[(number >> 4) & 15] + Syllables[(number >> 8) & 15]
            + Syllables[(number >> 12) & 15];

    /// <summary>Ascending codes that no shipped row has.</summary>
    public static (Code Code, string Label) Diagnosis(int i) =>
        (Code.Of($"Y{i / 1000:D2}{i % 1000:D3}"),
            $"{Word(i * 7 % 21_001)} of {Word(i % 3001)}, {Word(i * 31 % 997)} side");

    public static string Procedure(int i) => $"{(char)('F' + (i / 9000))}{1000 + (i % 9000)}";

    public static string Short(int i) => $"Inj, {Word(i + 30_000)}";

    public static string Long(int i) => $"Injection, {Word(i + 30_000)}, {Word(i * 11 % 4001)}, {1 + (i % 40)} mg";

    public static long Ndc(int i) => 70_000_000_000 + (i * 37_003L);

    public static PackSource Source(string table, DateRange covers) =>
        new(table, table, table + covers.FromDay, "", "", covers, 1, IsWhole: false, HasFalseDates: false);

    public static byte[] Pack()
    {
        var (draft, dates) = (new PackDraft(), DateRange.Of(new(2026, 1, 1), new(2026, 12, 31)));
        foreach (var table in (string[])["icd10cm", "hcpcs", "asp-ndc"]) draft.Sources.Add(Source(table, dates));
        for (var i = 0; i < Diagnoses; i++)
        {
            var (code, label) = Diagnosis(i);
            draft.Diagnoses.Add(code, DiagnosisTraits.Billable, draft.Text(label), 0);
        }
        for (var i = 0; i < Procedures; i++)
            draft.Hcpcs.Add(new(draft.Id(Code.Of(Procedure(i))), DateRange.Of(new(2020, 1, 1)), 0, draft.Text(Short(i)),
                draft.Text(Long(i)), 0, 0, 0, 0, 0, 1));
        for (var i = 0; i < Packages; i++)
            draft.NdcCodes.Add(new(draft.Id(Code.Of(Procedure(i % Procedures))), Ndc(i), dates, default, default,
                default, default, draft.Text(Word(i + 40_000)), draft.Text("Maker " + (i % 97)), 2));
        return draft.Write();
    }
}
