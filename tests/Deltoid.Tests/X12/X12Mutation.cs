using System.Globalization;
using System.Text;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// Interchanges that are broken with sense: segments left out, doubled, moved, put in from elsewhere; counts and
/// numbers that lie; elements emptied or stretched to their limits; other separators; lines wrapped, byte order marks,
/// bytes changed, files cut off.
/// </summary>
internal sealed class X12Mutation(Dice dice)
{
    static readonly string[] Names = ["837P", "837I", "835", "277CA", "999", "270", "271", "276", "277"];

    readonly List<string> strange =
        ["ZZ*1", "HL*9*9*22*1", "HL*1**20*1", "LX*1", "CLP*X*1*1*1", "SE*1*1", "ST*837*1*005010X222A1", "ISA", "GE*1*1",
            "IEA*1*1", "", "*", "TA1*1", "CLM*A*1***11:B:1", "NM1*IL*1*X", "SBR*P*18*******CI"];

    /// <summary>One file of one to three interchanges.</summary>
    public byte[] Next()
    {
        var file = new List<byte>();
        if (dice.OneIn(12)) file.AddRange("\uFEFF"u8);
        var count = dice.OneIn(4) ? 1 + dice.Next(3) : 1;
        for (var i = 0; i < count; i++) file.AddRange(Interchange(i + 1));
        Scar(file);
        return [.. file];
    }

    byte[] Interchange(int number)
    {
        var specimens = Specimens.Of(dice.Of(Names));
        var text = new SpecimenText(specimens.Guide, dice.Of(specimens.Family));
        if (dice.OneIn(3)) Grow(text);
        for (var n = dice.Next(6); n > 0; n--) Change(text);
        if (dice.OneIn(2)) text.Recount();
        foreach (var segment in text.Segments)
            if (segment.Name == "ISA" && segment.Elements.Count == 16)
                segment.Elements[12] = number.ToString("D9", CultureInfo.InvariantCulture);
        if (text.Segments[^1] is { Name: "IEA" } end) end.Set(2, number.ToString("D9", CultureInfo.InvariantCulture));
        var lineEnd = dice.Of(["", "", "\n", "\r\n"]);
        var marks = Marks(lineEnd);
        var bytes = text.Bytes(marks, lineEnd);
        return marks.Segment == '\n' ? bytes : Wrapped(bytes); // where line ends end segments, lines cannot be wrapped
    }

    Delimiters Marks(string lineEnd) => dice.Next(6) switch
    {
        0 => new((byte)'|', (byte)'>', (byte)'!', (byte)'\''),
        1 when lineEnd.Length == 0 => new((byte)'*', (byte)'<', (byte)'^', (byte)'\n'),
        2 => new(0x1D, 0x1F, 0x1E, 0x1C),
        _ => Delimiters.Usual,
    };

    byte[] Wrapped(byte[] text)
    {
        if (!dice.OneIn(10)) return text;
        var (column, wrapped) = (20 + dice.Next(100), new List<byte>());
        for (var i = 0; i < text.Length; i++)
        {
            wrapped.Add(text[i]);
            if (i % column == column - 1) wrapped.AddRange("\r\n"u8);
        }
        return [.. wrapped];
    }

    /// <summary>Makes the set longer, so that it is cut more than once.</summary>
    void Grow(SpecimenText text)
    {
        var set = text.OfSet.Where(static s => s.Name is not ("ST" or "SE")).ToList();
        var from = set.FindLastIndex(static s => s.Name is "HL" or "LX" or "AK2" or "CLM" or "CLP");
        if (from < 0) return;
        var again = set[from..];
        var at = text.Segments.IndexOf(set[^1]) + 1;
        for (var n = 1 + dice.Next(12); n > 0; n--)
            text.Segments.InsertRange(at, again.Select(static s => new WrittenSegment(s.Name, s.Elements, s.Node)));
    }

    void Change(SpecimenText text)
    {
        var segments = text.Segments;
        var (at, other) = (dice.Next(segments.Count), dice.Next(segments.Count));
        switch (dice.Next(10))
        {
            case 0: segments.RemoveAt(at); break;
            case 1: segments.Insert(other, new(segments[at].Name, segments[at].Elements, null)); break;
            case 2: (segments[at], segments[other]) = (segments[other], segments[at]); break;
            case 3: segments.RemoveRange(at, Math.Min(dice.Next(8), segments.Count - at)); break;
            case 4:
                segments.InsertRange(other,
                    segments.GetRange(at, Math.Min(dice.Next(8), segments.Count - at))
                        .ConvertAll(static s => new WrittenSegment(s.Name, s.Elements, null)));
                break;
            case 5:
                var parts = dice.Of(strange).Split('*');
                segments.Insert(other, new(parts[0], parts[1..], null));
                break;
            default:
                if (segments[at].Elements.Count > 0) ChangeElement(segments[at]);
                break;
        }
        if (segments.Count < 3)
            segments.AddRange([
                new("GE", ["1", "1"], null),
                new("IEA", ["1", "000000001"], null),
                new("SE", ["1", "1"], null)
            ]);
    }

    void ChangeElement(WrittenSegment segment)
    {
        var element = 1 + dice.Next(segment.Elements.Count + (dice.OneIn(8) ? 4 : 0));
        var value = segment.Element(element);
        segment.Set(element, dice.Next(9) switch
        {
            0 => "",
            1 => value + value,
            2 => value + ":" + value,
            3 => value + "^" + value,
            4 => new string('9', dice.Of([1, 8, 9, 10, 18, 19, 20, 38, 400])),
            5 => new string('A', dice.Of([1, 2, 3, 50, 80, 256, 3000])),
            6 =>
                dice.Of(["-1", "0", "00", "1.005", ".", "-", "1E9", "20250231", "20250201-20250101", " ",
                    "A:B:C:D:E:F:G:H:I:J", "::::", "92233720368547758.07", "99999999999"]),
            7 => dice.Of(Names),
            _ => value.Length > 1 ? value[..^1] : "Q",
        });
    }

    /// <summary>Bytes changed, the end cut off.</summary>
    void Scar(List<byte> file)
    {
        for (var n = dice.OneIn(3) ? dice.Next(5) : 0; n > 0; n--)
            file[dice.Next(file.Count)] = dice.OneIn(2)
                ? (byte)dice.Next(256)
                : dice.Of([(byte)'~', (byte)'*', (byte)':', (byte)'\n']);
        if (dice.OneIn(8) && dice.Next(file.Count) is var end) file.RemoveRange(end, file.Count - end);
        if (dice.OneIn(15)) file.AddRange(Encoding.ASCII.GetBytes("\r\nISA and more\r\n"));
    }
}
