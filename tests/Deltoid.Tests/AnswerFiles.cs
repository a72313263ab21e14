using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.X12;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;
using Deltoid.X12.Segments;

namespace Deltoid.Tests;

/// <summary>
/// Reads files of payers' and clearinghouses' answers whole, writes them again, and finds those of the corpus beside
/// the clone.
/// </summary>
internal static class AnswerFiles
{
    /// <summary>One payment with all its claims; findings are those of all of it.</summary>
    public sealed record Payment(Remittance Head, List<ClaimPayment> Claims, List<Finding> Findings, string Text);

    /// <summary>Rows of the corpus' index for a folder: the file, and how many sets, claims and lines it has.</summary>
    public static IEnumerable<(string Name, byte[] Bytes, int Sets, int Claims, int Lines)> OfCorpus(string folder)
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Corpus.Folder, "index.json")));
        foreach (var row in index.RootElement.EnumerateArray())
        {
            var name = row.GetProperty("file").GetString()!;
            if (name.StartsWith(folder + "/", StringComparison.Ordinal))
                yield return (name, File.ReadAllBytes(Path.Combine(Corpus.Folder, name)),
                    row.GetProperty("sts").GetInt32(), row.GetProperty("claims").GetInt32(),
                    row.GetProperty("lines").GetInt32());
        }
    }

    public static List<Block> Cut(byte[] file, int size = BlockCutter.UsualSize)
    {
        var (cutter, blocks, at) = (new BlockCutter(TransactionSets.All, size, size), new List<Block>(), 0);
        while (true)
        {
            while (cutter.TryTake(out var block)) blocks.Add(block);
            if (at > file.Length) return blocks;
            var count = Math.Min(cutter.Room().Length, file.Length - at);
            file.AsSpan(at, count).CopyTo(cutter.Room().Span);
            cutter.Advance(count);
            if (count == 0)
            {
                cutter.Complete();
                at++;
            }
            at += count;
        }
    }

    public static IEnumerable<(byte[] Bytes, SetPart SetPart)> SetPartsOf(byte[] file, string guide,
        int size = BlockCutter.UsualSize)
    {
        foreach (var block in Cut(file, size))
            foreach (var item in block.Items)
                if (item.SetPart is { } setPart && setPart.Set.Guide!.Name == guide)
                    yield return (block.Bytes, setPart);
    }

    /// <summary>The payments of a file. They own their bytes.</summary>
    /// <param name="size">Parts are cut at the first claim behind as many bytes.</param>
    public static List<Payment> Payments(byte[] file, int size = BlockCutter.UsualSize)
    {
        var (reader, balance, head, sums, claim, about) = (new RemittanceReader(), new RemittanceBalance(),
            new Remittance(), new RemittanceSums(), new ClaimPayment(), new FindingList());
        var (payments, claims, findings, text) = (new List<Payment>(), new List<ClaimPayment>(), new List<Finding>(),
            new StringBuilder());
        foreach (var (bytes, setPart) in SetPartsOf(file, "835", size))
        {
            if (setPart.Data.Ordinal == 1) balance.Begin();
            text.Append(Encoding.Latin1.GetString(bytes, setPart.Data.Start, setPart.Data.Length));
            reader.Open(bytes, setPart, head, sums);
            while (reader.Read(claim, about))
            {
                claims.Add(claim.Detach());
                Take(about, findings);
            }
            balance.Add(head, sums);
            if (setPart.IsLast) balance.Judge(reader.SetFindings);
            Take(about, findings);
            Take(reader.SetFindings, findings);
            if (!setPart.IsLast) continue;
            payments.Add(new(balance.Payment, claims, findings, text.ToString()));
            (claims, findings, text) = ([], [], new());
        }
        return payments;
    }

    /// <summary>The file with some of its bytes, behind ISA, replaced by others.</summary>
    public static byte[] Hostile(byte[] file, Random random)
    {
        for (var i = random.Next(1, 30); i > 0; i--)
            file[random.Next(107, file.Length)] = random.Next(4) == 0
                ? (byte)"*:~^0-9.\0\n"[random.Next(10)]
                : (byte)random.Next(127);
        return file;
    }

    /// <summary>The segments with some left out, said twice, moved or changed for each other.</summary>
    public static List<string> Disordered(IEnumerable<string> segments, Random random)
    {
        var list = segments.ToList();
        for (var i = random.Next(1, 12); i > 0; i--)
        {
            var (from, to) = (random.Next(list.Count), random.Next(list.Count));
            switch (random.Next(4))
            {
                case 0: (list[from], list[to]) = (list[to], list[from]); break;
                case 1: list.Insert(to, list[from]); break;
                case 2 when list.Count > 1: list.RemoveAt(from); break;
                default:
                {
                    var moved = list[from];
                    list.RemoveAt(from);
                    list.Insert(to, moved);
                    break;
                }
            }
        }
        return list;
    }

    public static void Take(FindingList from, List<Finding> to)
    {
        foreach (ref readonly var finding in from.Span) to.Add(finding);
        from.Clear();
    }

    /// <summary>One finding as a line: id, row of the guide, place, words.</summary>
    public static string Line(in Finding finding) => string.Create(CultureInfo.InvariantCulture,
        $"{finding.Info.Id} {FindingText.Of(finding.Severity)} "
            + $"{finding.Source.Segment}/{finding.Source.Element} line {finding.Place.Line}: "
            + $"{FindingText.Message(finding, GuideNames.NameOf)}");

    public static string[] Lines(IEnumerable<Finding> findings) => [.. findings.Select(f => Line(f))];

    public static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A payment as an 835 set.</summary>
    public static string Write(Remittance head, IEnumerable<ClaimPayment> claims, bool isHostile = false)
    {
        var output = new SegmentWriter { Delimiters = head.Delimiters };
        var writer = new RemittanceWriter(output);
        writer.Begin(head);
        foreach (var claim in claims) writer.Write(claim);
        writer.End(head);
        Assert.True(isHostile || output.Unwritable == 0);
        return Encoding.Latin1.GetString(output.Written);
    }

    /// <summary>
    /// The segments of a set in canonical form: no line ends, no separators that separate nothing, numbers as short as
    /// they go; the count of SE01 is left out, since it is made anew.
    /// </summary>
    public static List<string> Canonical(string text, Deltoid.Values.Delimiters marks, bool withoutLevels = false)
    {
        var segments = new List<string>();
        foreach (var raw in text.Split((char)marks.Segment))
        {
            var elements = raw.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
                .TrimStart().Split((char)marks.Element);
            if (elements is ["SE", ..]) continue;
            for (var i = 1; i < elements.Length; i++)
                elements[i] = Shortest(elements[i].TrimEnd((char)marks.Component, (char)marks.Repetition));
            if (withoutLevels && elements is ["HL", _, _, { Length: > 0 }, ..])
                elements = ["HL", elements[3]]; // what is no level keeps its numbers
            if (string.Join('*', elements).TrimEnd('*') is { Length: > 0 } segment) segments.Add(segment);
        }
        return segments;
    }

    static string Shortest(string element) =>
        element.Length is > 0 and < 20 && element.All(c => char.IsAsciiDigit(c) || c is '.' or '-')
            && decimal.TryParse(element, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.##########", CultureInfo.InvariantCulture) : element;
}
