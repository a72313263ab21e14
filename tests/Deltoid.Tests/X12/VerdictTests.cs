using System.Buffers;
using System.Reflection;
using System.Runtime.InteropServices;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Segments;

namespace Deltoid.Tests;

/// <summary>
/// What is found at a look and from memory is what is found with care: the same findings in the same order, and the
/// same claims.
/// </summary>
public sealed class VerdictTests
{
    static string First(IEnumerable<string> findings) => string.Join("\n    ", findings.Take(3));

    static readonly string[] Names = ["837P", "837I", "835", "277CA", "999"];

    /// <summary>
    /// Readers that are used again and again, so that what one file leaves in their memory is there for the next.
    /// </summary>
    sealed class Pair
    {
        readonly X12Readers quick = new(), careful = new() { IsCareful = true };
        readonly ArrayBufferWriter<byte> found = new(1 << 20), expected = new(1 << 20);

        public string Differs(ReadOnlySpan<byte> file, int setPart = BlockCutter.UsualSetPart)
        {
            found.ResetWrittenCount();
            expected.ResetWrittenCount();
            var a = X12Reading.Of(file, claims: found, readers: quick, setPart: setPart).Findings;
            var b = X12Reading.Of(file, claims: expected, readers: careful, setPart: setPart).Findings;
            if (!CollectionsMarshal.AsSpan(a).SequenceEqual(CollectionsMarshal.AsSpan(b)))
                return Difference(b.ConvertAll(static f => X12Reading.Text(f)),
                    a.ConvertAll(static f => X12Reading.Text(f)));
            return found.WrittenSpan.SequenceEqual(expected.WrittenSpan) ? "" : "other claims";
        }

        static string Difference(List<string> expected, List<string> found) =>
            $"\n  - {First(expected.Except(found))}\n  + {First(found.Except(expected))}";
    }

    [Fact]
    public void Specimens_of_every_row_and_each_fault_of_it_are_found_the_same()
    {
        var (pair, faults) = (new Pair(), new List<string>());
        foreach (var name in Names)
        {
            var specimens = Specimens.Of(name);
            foreach (var root in specimens.Family)
            {
                var text = new SpecimenText(specimens.Guide, root);
                Note(faults, name, pair.Differs(text.Bytes()));
                foreach (var change in Changes)
                    Note(faults, name, pair.Differs(Changed(new SpecimenText(specimens.Guide, root), change)));
            }
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(20)));
    }

    /// <summary>Values that every element of a specimen is given in turn.</summary>
    static readonly string[] Changes =
        ["", " X", "X ", "0", "-1", "1.005", "20250231", "A", "ABCDEFGHIJ", "1234567890123456789", "A:B", "1^2", "é",
            ".5"];

    /// <summary>Every third element of each segment changed.</summary>
    static byte[] Changed(SpecimenText text, string value)
    {
        var turn = 0;
        foreach (var segment in text.OfSet)
            for (var element = 1; element <= segment.Elements.Count; element++)
                if (segment.Name is not ("ST" or "SE" or "HL") && turn++ % 3 == value.Length % 3)
                    segment.Set(element, value);
        return text.Bytes();
    }

    static void Note(List<string> faults, string name, string fault)
    {
        if (fault.Length > 0) faults.Add($"{name}: {fault}");
    }

    /// <summary>
    /// Several are read in one go, as a stream of interchanges: what one leaves open, the next one meets. Those in
    /// which the two differ are read again one by one, to name the case.
    /// </summary>
    [Fact]
    public void Broken_interchanges_are_found_the_same()
    {
        var count = LongRun.Count(8_000, 1_000_000);
        var faults = new List<string>();
        var next = -Batch;
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            var (pair, stream) = (new Pair(), new ArrayBufferWriter<byte>(1 << 20));
            for (int from; (from = Interlocked.Add(ref next, Batch)) < count && faults.Count < 20;)
            {
                stream.ResetWrittenCount();
                for (var i = from; i < from + Batch; i++) stream.Write(Broken(i, out var _));
                Broken(from, out var setPart);
                var fault = pair.Differs(stream.WrittenSpan, setPart);
                if (fault.Length > 0)
                    lock (faults) faults.Add($"cases from {from}{NameOf(from)}: {fault}");
            }
        });
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>So many are read in one go.</summary>
    const int Batch = 20;

    static byte[] Broken(int number, out int setPart)
    {
        var dice = new Dice((ulong)number + 77_000);
        var file = new X12Mutation(dice).Next();
        setPart = dice.OneIn(3) ? 1 + dice.Next(2000) : BlockCutter.UsualSetPart;
        return file;
    }

    /// <summary>The case among those that were read together that differs alone.</summary>
    static string NameOf(int from)
    {
        for (var i = from; i < from + Batch; i++)
            if (new Pair().Differs(Broken(i, out var setPart), setPart).Length > 0) return $", alone {i}";
        return "";
    }

    /// <summary>Cases that a run of a million has found.</summary>
    [Theory, InlineData(125269), InlineData(318785), InlineData(464244)]
    public void A_code_longer_than_eight_characters_is_read_whole(int number) =>
        Assert.Equal("", new Pair().Differs(Broken(number, out var setPart), setPart));

    [Fact]
    public void Files_of_others_are_found_the_same()
    {
        Corpus.Need();
        var (pair, faults) = (new Pair(), new List<string>());
        foreach (var file in Directory.EnumerateFiles(Corpus.Folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
            Note(faults, Path.GetRelativePath(Corpus.Folder, file), pair.Differs(File.ReadAllBytes(file)));
        Assert.True(faults.Count == 0, string.Join("\n", faults.Take(20)));
    }

    [Fact]
    public void A_machine_without_vectors_finds_the_same_lengths()
    {
        var (dice, reader) = (new Dice(5), new SegmentReader());
        foreach (var row in Names.SelectMany(static n =>
            Specimens.Of(n).Guide.Segments.Select(s => (Specimens.Of(n).Guide, Row: s))))
        {
            var verdict = new RowVerdict(row.Guide, row.Row);
            for (var i = 0; i < 50; i++)
            {
                var elements = Enumerable.Range(0, 1 + dice.Next(RowVerdict.Lanes))
                    .Select(_ => new string('A', dice.Of([0, 0, 1, 2, 3, 8, 9, 50, 100])));
                var text = System.Text.Encoding.ASCII.GetBytes($"{row.Row.Name}*{string.Join('*', elements)}~");
                reader.Open([.. text, .. new byte[SegmentReader.Slack]], 0, text.Length, Delimiters.Usual);
                Assert.True(reader.Next());
                ref var mark = ref reader.FirstMark;
                var there = SegmentVerdict.OneByOne(ref mark, reader.Elements, verdict, out var outside);
                Assert.Equal(there, SegmentVerdict.Lanes(ref mark, reader.Elements, verdict, out var same));
                Assert.Equal(outside, same);
            }
        }
    }

    /// <summary>
    /// The verdict is compiled from these facts of an element. Whoever adds one teaches <see cref="RowVerdict"/> first
    /// what it means, or that it is to be looked at with care.
    /// </summary>
    [Fact]
    public void The_verdict_knows_every_fact_of_an_element()
    {
        string[] known = ["Value", "First", "Use", "Type", "Outside", "Least", "Greatest", "Decimals", "Range",
            "Repeats", "ByFormat", "Row", "Reference", "Codes", "FirstComponent", "Components", "Notes"];
        Assert.Equal(known.Order(StringComparer.Ordinal),
            typeof(ElementSpec).GetFields(BindingFlags.Public | BindingFlags.Instance).Select(static f => f.Name)
                .Order(StringComparer.Ordinal));
    }
}
