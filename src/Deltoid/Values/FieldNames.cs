using System.Text;
using System.Text.Json;

namespace Deltoid.Values;

/// <summary>The fields that one kind of JSON object takes, at most 64.</summary>
internal sealed class FieldNames
{
    readonly string[] names;
    readonly byte[][] utf8;

    public FieldNames(params string[] names)
    {
        if (names.Length > 64) throw new ArgumentException("at most 64 names", nameof(names));
        this.names = names;
        utf8 = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
    }

    public string this[int index] => names[index];

    /// <summary>The position of the property name the reader stands on, or -1.</summary>
    public int Find(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped) return -1; // no name of ours needs an escape
        var name = reader.ValueSpan;
        for (var i = 0; i < utf8.Length; i++) if (name.SequenceEqual(utf8[i])) return i;
        return -1;
    }

    /// <summary>What to try instead of an unknown name: the nearest one within two changes, or all of them.</summary>
    public string Suggest(string unknown)
    {
        var best = "";
        var least = 3;
        foreach (var name in names)
        {
            var distance = Distance(unknown, name);
            if (distance < least && distance * 2 <= name.Length) (best, least) = (name, distance);
        }
        return best.Length > 0 ? $"did you mean {best}?" : $"fields known here: {string.Join(", ", names)}";
    }

    public bool IsNear(string unknown) => Suggest(unknown).StartsWith("did", StringComparison.Ordinal);

    /// <summary>Levenshtein's distance without regard to case; names further apart in length than two are simply far.</summary>
    public static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 2) return 3;
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[right.Length];
    }
}
