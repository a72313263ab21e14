using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Deltoid.Tests;

/// <summary>
/// The official files, where they stand in ../shared/data beside the clone; they are not part of the repository.
/// </summary>
internal static class OfficialFiles
{
    public static readonly string Folder = Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared", "data");

    /// <summary>Skips the test when the files are not there.</summary>
    public static void Need() =>
        Assert.SkipUnless(Directory.Exists(Folder), "the official files are not beside this clone (../shared/data)");

    public static string At(string path) => Path.Combine([Folder, .. path.Split('/')]);

    public static byte[] Bytes(string path) => File.ReadAllBytes(At(path));

    public static byte[] ZippedBytes(string path, string entry)
    {
        using var zip = ZipFile.OpenRead(At(path));
        using var stream = zip.GetEntry(entry)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Rows of a comma- or tab-separated file, cells without their quotes.</summary>
    public static IEnumerable<string[]> Table(string path, char separator = ',')
    {
        using var file = File.OpenRead(At(path));
        using var plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? (Stream)new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(plain,
            path.Contains("pos_codes", StringComparison.Ordinal) ? Encoding.UTF8 : Encoding.Latin1);
        while (reader.ReadLine() is { } line)
            yield return separator == '\t' ? [.. line.Split('\t').Select(c => c.Trim('"'))] : Cells(line);
    }

    static string[] Cells(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) return line.Split(',');
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(c);
        }
        return [.. cells, cell.ToString()];
    }

    public static IEnumerable<string> Lines(string path) => File.ReadLines(At(path), Encoding.Latin1);

    public static IEnumerable<string> ZippedLines(string path, string entry)
    {
        using var zip = ZipFile.OpenRead(At(path));
        using var reader = new StreamReader(zip.GetEntry(entry)!.Open(), Encoding.Latin1);
        while (reader.ReadLine() is { } line) yield return line;
    }

    public static List<Dictionary<string, string>> JsonRows(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(At(path)));
        return [.. json.RootElement.EnumerateArray()
                .Select(row => row.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()))];
    }

    /// <summary>Rows of a starter file by column name, its comments left out.</summary>
    public static List<Dictionary<string, string>> Starter(string name)
    {
        var lines = Repository.Read("src", "Deltoid", "Codes", "Starter", name + ".tsv").Split('\n')
            .Where(l => l.Length > 0 && !l.StartsWith('#')).ToList();
        var columns = lines[0].Split('\t');
        return [.. lines[1..].Select(l => l.Split('\t'))
                .Select(cells => columns.Select((c, i) => (c, i))
                    .ToDictionary(p => p.c, p => p.i < cells.Length ? cells[p.i].Trim() : ""))];
    }

    /// <summary>The codes of a list cell, ranges written out.</summary>
    public static IEnumerable<string> List(string cell)
    {
        foreach (var item in cell.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = item.IndexOf('-', StringComparison.Ordinal);
            if (dash < 0)
            {
                yield return item;
                continue;
            }
            var letters = char.IsAsciiLetter(item[0]) ? 1 : 0;
            for (var n = int.Parse(item[letters..dash]); n <= int.Parse(item[(dash + 1 + letters)..]); n++)
                yield return item[..letters] + n.ToString(new string('0', dash - letters));
        }
    }

    /// <summary>20250630 as 2025-06-30; empty stays empty.</summary>
    public static string Day(string digits) => digits.Trim() is { Length: 8 } d ? $"{d[..4]}-{d[4..6]}-{d[6..]}" : "";
}
