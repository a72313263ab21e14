using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Deltoid.Answers;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Inquiries;
using Deltoid.X12.Remittances;

namespace Deltoid.Tests;

/// <summary>
/// X12 files that nobody here wrote: what is read of them is what stands in them, and docs/x12-corpus.md says what we
/// find wrong.
/// </summary>
public sealed partial class CorpusTests
{
    /// <summary>A file of the index, with what was counted in it by its segments' names alone.</summary>
    sealed record CorpusFile(string Path, Counts Counted)
    {
        /// <summary>Folder, owner, and the file's own name: <c>837P-5010/kputnam/anesthesia.edi</c>.</summary>
        public string Name { get; } = NameOf(Path);

        static string NameOf(string path)
        {
            var (folder, rest) = (path[..path.IndexOf('/', StringComparison.Ordinal)],
                path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            var from = rest.LastIndexOf("--", StringComparison.Ordinal) is >= 0 and var dashes
                ? dashes
                : rest.LastIndexOf("__", StringComparison.Ordinal);
            return $"{folder}/{rest[..rest.IndexOf("__", StringComparison.Ordinal)]}/{rest[(from + 2)..]}";
        }
    }

    /// <param name="Claims">CLM of an 837, CLP of an 835.</param>
    /// <param name="Lines">LX of an 837, SVC of an 835.</param>
    sealed record Counts(int Sets, int Claims, int Lines, int Drugs, int DrugQuantities);

    /// <summary>Where what is read differs from what the index counted by names, and why.</summary>
    static readonly Dictionary<string, (Counts Read, string Why)> Explained = new()
    {
        ["837P-5010/EdiWeave/Hipaa_837P_00501_ISA.txt"] = (new(1, 1, 2, 0, 0),
            "its LIN holds no NDC and its CTP no number, only the names of these elements"),
    };

    static void Empty(List<string> faults) =>
        Assert.True(faults.Count == 0, $"{faults.Count} differ:\n{string.Join("\n", faults)}");

    static List<CorpusFile> Index()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpus.Folder, "index.json")));
        return [.. json.RootElement.EnumerateArray()
                .Select(row => new CorpusFile(row.GetProperty("file").GetString()!,
                    new(Count(row, "sts"), Count(row, "claims"), Count(row, "lines"), Count(row, "lin"),
                        Count(row, "ctp"))))];
    }

    static int Count(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    /// <summary>All files of the index, read; those of which no set is supported too.</summary>
    static readonly Lazy<List<(CorpusFile File, Reading Reading)>> All = new(() =>
        [.. Index().Select(file => (file, Reading.Of(File.ReadAllBytes(Path.Combine(Corpus.Folder, file.Path)))))]);

    static IEnumerable<(CorpusFile File, Reading Reading)> Supported =>
        All.Value.Where(f => f.Reading.Sets.Exists(s => s.IsRead));

    /// <summary>What a check reads of a file and finds in it.</summary>
    sealed class Reading : FindingsWriter
    {
        static readonly CodeBook Book = StarterBook.Open();

        int claims, lines, drugs, quantities;

        public List<CheckedSet> Sets { get; private set; } = [];

        /// <summary>Errors of X12 by kind; those of codes and payers are not counted.</summary>
        public SortedDictionary<string, int> Errors { get; } = new(StringComparer.Ordinal);

        public Counts Counts => new(Sets.Count, claims, lines, drugs, quantities);

        public static Reading Of(byte[] file)
        {
            var reading = new Reading();
            var run = new CheckRun(new BlockSource(new MemoryStream(file)), Book, null, reading, static (_, _) => { });
            run.Run(CancellationToken.None);
            reading.Sets = run.Sets;
            reading.CountPayments(file);
            reading.CountInquiries(file);
            return reading;
        }

        public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target)
        {
            if (claim.Segments.IsEmpty)
                return Take(findings); // of a payment or status only the claim's number is known
            claims++;
            lines += claim.Lines.Length;
            foreach (ref readonly var line in claim.Lines)
            {
                if (!line.Ndc.IsNone || !line.NdcText.IsEmpty) drugs++;
                if (line.NdcUnit != NdcUnit.None || line.NdcQuantity != Quantity.Zero) quantities++;
            }
            return Take(findings);
        }

        public override int Write(in SourcePlace set, FindingList findings,
            IBufferWriter<byte> target) => Take(findings);

        int Take(FindingList findings)
        {
            foreach (ref readonly var finding in findings.Span)
                if (finding.Under == 0 && finding.Severity == Severity.Error
                    && finding.Info.Id.StartsWith("X12", StringComparison.Ordinal))
                    Errors[finding.Info.Name] = Errors.GetValueOrDefault(finding.Info.Name) + 1;
            return 1;
        }

        /// <summary>Lines of questions about claims and of the answers: they are read once more, too.</summary>
        void CountInquiries(byte[] file)
        {
            if (!Sets.Exists(static s => s.Kind is "276" or "277" && s.IsRead)) return;
            var (source, reader, inquiry, found) = (new BlockSource(new MemoryStream(file)), new InquiryReader(),
                new Inquiry(), new FindingList());
            while (source.Next() is { } block)
            {
                foreach (var item in block.Items)
                {
                    if (item.SetPart is not { Set.Guide.Name: "276" or "277" } setPart) continue;
                    reader.Read(block.Bytes, setPart, inquiry, found);
                    foreach (var kept in inquiry.Segments)
                        if (kept.Row > 0 && inquiry.Guide!.Segments[kept.Row - 1].Name == "SVC") lines++;
                }
                source.Return(block);
            }
        }

        /// <summary>A check hands out the claims of an 837 only; payments are read once more.</summary>
        void CountPayments(byte[] file)
        {
            if (!Sets.Exists(static s => s.Kind == "835" && s.IsRead)) return;
            var (source, reader, remittance, sums, payment, found) = (new BlockSource(new MemoryStream(file)),
                new RemittanceReader(), new Remittance(), new RemittanceSums(), new ClaimPayment(), new FindingList());
            while (source.Next() is { } block)
            {
                foreach (var item in block.Items)
                {
                    if (item.SetPart is not { Set.Guide.Name: "835" } setPart) continue;
                    reader.Open(block.Bytes, setPart, remittance, sums);
                    for (; reader.Read(payment, found); claims++) lines += payment.Lines.Length;
                }
                source.Return(block);
            }
        }
    }

    [Fact]
    public void What_is_read_is_what_stands_there()
    {
        Corpus.Need();
        var faults = new List<string>();
        foreach (var (file, reading) in Supported)
        {
            var (expected, why) = Explained.TryGetValue(file.Name, out var explained) ? explained : (file.Counted, "");
            if (reading.Counts != expected) faults.Add($"{file.Name}: read {reading.Counts}, expected {expected}");
            if (why.Length > 0 && expected == file.Counted)
                faults.Add($"{file.Name}: is explained and does not differ");
        }
        faults.AddRange(Explained.Keys.Except(Supported.Select(f => f.File.Name))
            .Select(name => name + ": is explained and not in the corpus"));
        Empty(faults);
    }

    [Fact]
    public void A_scrub_reads_the_claims_that_a_check_reads()
    {
        Corpus.Need();
        var faults = new List<string>();
        foreach (var (file, reading) in Supported.Where(f => f.File.Path.StartsWith("837", StringComparison.Ordinal)))
        {
            var (source, about, claims, lines) = (new ClaimSource(File.OpenRead(Path.Combine(Corpus.Folder,
                    file.Path))), new FindingList(), 0, 0);
            for (; source.Read(about) is { } claim; claims++) lines += claim.Lines.Length;
            if ((claims, lines) != (reading.Counts.Claims, reading.Counts.Lines))
                faults.Add($"{file.Name}: {claims} claims and {lines} lines are scrubbed, {reading.Counts} checked");
        }
        Empty(faults);
    }

    [Fact]
    public void The_page_says_what_is_found()
    {
        Corpus.Need();
        var told = Row().Matches(Repository.Read("docs", "x12-corpus.md"))
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var faults = new List<string>();
        foreach (var (file, reading) in Supported)
        {
            var found = reading.Errors.Count == 0
                ? "none"
                : $"{reading.Errors.Values.Sum()}: "
                    + $"{string.Join(", ", reading.Errors.OrderByDescending(e => e.Value).ThenBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key} {e.Value}"))}";
            if (!told.Remove(file.Name, out var said)) faults.Add($"{file.Name}: is not on the page; {found}");
            else if (said != found) faults.Add($"{file.Name}: the page says {said}, found is {found}");
        }
        faults.AddRange(told.Keys.Select(name => name + ": is on the page and not in the corpus"));
        Empty(faults);
    }

    /// <summary>A row of the page's table: the file, and of its five cells the fourth, what we find.</summary>
    [GeneratedRegex(@"^\| `([^`|]+)` \|[^|\n]*\|[^|\n]*\| ([^|\n]+?) \|[^|\n]*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [Fact]
    public void Other_sets_are_recognised_and_named_as_not_supported()
    {
        Corpus.Need();
        var faults = new List<string>();
        foreach (var (file, reading) in All.Value.Except(Supported))
        {
            var refused = reading.Errors.GetValueOrDefault(X12Findings.NotSupported.Name)
                + reading.Errors.GetValueOrDefault(X12Findings.OtherVersion.Name);
            if (reading.Sets.Count != file.Counted.Sets || refused != reading.Sets.Count)
                faults.Add($"{file.Name}: {file.Counted.Sets} sets, {reading.Sets.Count} "
                    + $"recognised, {refused} named as not supported");
            var type = file.Path[..3];
            if (reading.Sets.Exists(s => s.Kind != type))
                faults.Add($"{file.Name}: is {type} and was taken for "
                    + $"{string.Join(", ", reading.Sets.Select(s => s.Kind).Distinct())}");
        }
        Assert.NotEmpty(All.Value);
        Empty(faults);
    }
}
