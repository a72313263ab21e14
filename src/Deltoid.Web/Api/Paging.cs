using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Values;

namespace Deltoid.Web.Api;

/// <summary>A page of a list: after which row it begins, and how many rows it has at most.</summary>
/// <param name="After">0 for the first page.</param>
readonly record struct Paging(long After, int Most)
{
    const int Usual = 50, Largest = 200;

    /// <exception cref="InputException">A parameter is not one that was handed out.</exception>
    public static Paging Of(HttpContext context)
    {
        var (cursor, limit) = (context.Request.Query["cursor"].ToString(), context.Request.Query["limit"].ToString());
        var most = Usual;
        if (limit.Length > 0 && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most)
            || most is < 1 or > Largest))
            throw new InputException("limit", $"a page has 1 to {Largest} items", "write a number in between");
        return new(cursor.Length == 0 ? 0 : Read(cursor), most);
    }

    static long Read(string cursor)
    {
        if (cursor.Length <= 32 && Base64Url.IsValid(cursor)
            && long.TryParse(Base64Url.DecodeFromChars(cursor), NumberStyles.None, CultureInfo.InvariantCulture,
                out var id))
            return id;
        throw new InputException("cursor", "this is no cursor of a page", "take next of the page before as it is");
    }

    static string Written(long id) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The page: its items, and where the next one begins; null on the last page.</summary>
    /// <param name="rows">One more than the page has, where there is another page.</param>
    public ApiAnswer Answer<T>(string name, List<T> rows, Func<T, long> idOf, Action<T, Utf8JsonWriter> write)
    {
        var most = Most;
        return ApiAnswer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray(name);
            foreach (var row in rows.Take(most)) write(row, json);
            json.WriteEndArray();
            json.WriteString("next"u8, rows.Count > most ? Written(idOf(rows[most - 1])) : null);
            json.WriteEndObject();
        });
    }
}
