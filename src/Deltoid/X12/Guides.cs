using System.Text;

namespace Deltoid.X12;

/// <summary>What an implementation guide is known by.</summary>
/// <param name="Set">ST01.</param>
/// <param name="Functional">GS01.</param>
/// <param name="Versions">ST03 and GS08 of the guide as it is in force, then of the older and later addenda that are read with a note.</param>
public sealed record GuideInfo(string Name, char Letter, string Set, string Functional, string[] Versions);

/// <summary>The guides that are supported, compiled when first asked for; and the names of those that are only recognised.</summary>
public static class Guides
{
    /// <summary>Their order is that of the table below.</summary>
    static readonly Lazy<Guide>[] Compiled;

    static readonly GuideInfo[] Supported =
    [
        new("837P", 'P', "837", "HC", ["005010X222A1", "005010X222", "005010X222A2"]),
        new("837I", 'I', "837", "HC", ["005010X223A2", "005010X223", "005010X223A1", "005010X223A3"]),
        new("835", 'R', "835", "HP", ["005010X221A1", "005010X221"]),
        new("277CA", 'S', "277", "HN", ["005010X214", "005010X214E1", "005010X214E2"]),
        new("999", 'F', "999", "FA", ["005010X231A1", "005010X231"]),
        new("envelope", 'E', "", "", []),
    ];

    static readonly Lazy<Standard> Dictionary = new(() => new Standard(Text("segments"), Text("elements")));

    static Guides()
    {
        Compiled = Array.ConvertAll(Supported, info => new Lazy<Guide>(() => Compile(info)));
        All = Array.ConvertAll(Supported, static info => info.Name);
    }

    public static string[] All { get; }

    public static Guide Professional => Compiled[0].Value;

    public static Guide Institutional => Compiled[1].Value;

    public static Guide Remittance => Compiled[2].Value;

    public static Guide ClaimStatus => Compiled[3].Value;

    public static Guide Acknowledgment => Compiled[4].Value;

    /// <summary>ISA, GS, ST and their ends, TA1.</summary>
    internal static Guide Envelope => Compiled[5].Value;

    internal static Standard Standard => Dictionary.Value;

    /// <summary>The guide by its name, or null.</summary>
    public static Guide? Named(string name) => Array.FindIndex(Supported, i => i.Name == name) is >= 0 and var index ? Compiled[index].Value : null;

    /// <summary>The guide whose rows have this letter, or null.</summary>
    internal static Guide? Lettered(char letter) => Array.FindIndex(Supported, i => i.Letter == letter) is >= 0 and var index ? Compiled[index].Value : null;

    /// <summary>The guide of a set: by ST01 and the version that ST03 or, without it, GS08 states; null where none is supported.</summary>
    /// <param name="isCurrent">The version is the one in force, not another addendum of it.</param>
    public static Guide? Find(ReadOnlySpan<byte> set, ReadOnlySpan<byte> version, out bool isCurrent)
    {
        isCurrent = false;
        for (var i = 0; i < Supported.Length; i++)
        {
            if (!Is(set, Supported[i].Set)) continue;
            for (var v = 0; v < Supported[i].Versions.Length; v++)
            {
                if (!Is(version, Supported[i].Versions[v])) continue;
                isCurrent = v == 0;
                return Compiled[i].Value;
            }
        }
        return null;
    }

    static bool Is(ReadOnlySpan<byte> text, string known) => Encoding.ASCII.GetByteCount(known) == text.Length && Ascii.Equals(text, known);

    static Guide Compile(GuideInfo info)
    {
        var file = info.Name.ToLowerInvariant();
        var guide = GuideBuilder.Build(info, GuideTable.Read(file + ".tsv", Text(file), Text(file + ".rules", "id\tloop\twhen\tthen\tlabel")), Standard);
        if (info.Set == "837") ClaimRows.Bind(guide, professional: info.Letter == 'P');
        else if (info.Set == "835") RemittanceRows.Bind(guide);
        else if (info.Set == "277") ClaimStatusRows.Bind(guide);
        else if (info.Set == "999") AcknowledgmentRows.Bind(guide);
        return guide;
    }

    /// <param name="without">What stands for a table that there need not be.</param>
    static string Text(string file, string? without = null)
    {
        using var stream = typeof(Guides).Assembly.GetManifestResourceStream($"guides/{file}.tsv");
        if (stream is null) return without ?? throw new InvalidOperationException($"there is no guide table {file}.tsv");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
