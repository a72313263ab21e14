using System.Text;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Official;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests.Official;

/// <summary>One file read as a book is compiled: what became of it, and the pack where it was read.</summary>
internal sealed class OneFile(FileReport report, Pack? pack)
{
    public FileReport Report { get; } = report;

    public Pack Pack =>
        pack
            ?? throw new InvalidOperationException(
                $"{Report.Path} was not read: {Report.Fate}, line {Report.Line}: {Report.Why}");

    public static OneFile Of(string name, string text) => Of(name, Encoding.UTF8.GetBytes(text));

    public static OneFile Of(string name, byte[] bytes)
    {
        var compiler = new Compiler(static _ => { });
        compiler.Read([new Met(name, new OfficialFile(name[(name.LastIndexOf('/') + 1)..], name, bytes), "", "")]);
        var report = Assert.Single(compiler.Files);
        return new(report, report.Fate == Fate.Read ? Pack.Of(compiler.Write(null)) : null);
    }

    /// <summary>The file is refused as a whole, for a reason with these words in it.</summary>
    public static FileReport Refused(string name, string text, string why)
    {
        var report = Of(name, text).Report;
        Assert.True(report.Fate == Fate.Refused && report.Why.Contains(why, StringComparison.Ordinal),
            $"{report.Fate}: {report.Why}");
        return report;
    }

    /// <summary>
    /// Each of these columns under another name is missed by name; so is the whole file when it is UTF-16.
    /// </summary>
    public static void NeedsColumns(string name, string before, string header, char separator, string rows,
        params string[] columns)
    {
        Assert.Equal(Fate.Read, Of(name, $"{before}{header}\n{rows}").Report.Fate);
        foreach (var column in columns)
        {
            var changed = string.Join(separator, header.Split(separator).Select(c => c == column ? "Other" : c));
            Refused(name, $"{before}{changed}\n{rows}", $"column '{column}'");
        }
        var wide =
            Of(name,
                [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"{before}{header}\n{rows}")]).Report;
        Assert.NotEqual(Fate.Read, wide.Fate);
    }

    public static DateRange Days(string from, string thru) => DateRange.Of(DateOnly.Parse(from), DateOnly.Parse(thru));

    public Code CodeOf(IPackRow row) => Pack.CodeOf(row.Id);

    public string Text(TextRef text) => Pack.TextOf(text);

    public T[] Rows<T>(string section) where T : unmanaged => Pack.Column<T>(section).Span.ToArray();

    /// <summary>The one row of a code.</summary>
    public T Row<T>(string section, string code) where T : unmanaged, IPackRow =>
        Assert.Single(Rows<T>(section), r => Pack.CodeOf(r.Id) == Code.Of(code));

    /// <summary>What the practitioner table says of a pair.</summary>
    public PairRow[] Pairs(string one, string two)
    {
        int first = Pack.Codes.Span.IndexOf(Code.Of(one).Packed), second = Pack.Codes.Span.IndexOf(Code.Of(two).Packed);
        return [.. Pack.PairsOf("ptp-practitioner", static s => s)!.ColumnOne(first).Where(p => p.Two == second)
                .Select(p => p.Row)];
    }
}
