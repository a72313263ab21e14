using System.Globalization;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Web.Api;

/// <summary>What is asked of Medicare's prices: codes of one day and one session, and where they were done.</summary>
sealed record PriceAsked(CodeBook Book, ServiceLine[] Lines, Code Place, PriceTerms Terms)
{
    const int MostCodes = 50;

    /// <exception cref="InputException">It cannot be read.</exception>
    public static PriceAsked Read(byte[] body, CodeBook book, DateOnly today)
    {
        var asked = ApiJson.Read(body, "codes", "date", "locality", "zip", "state", "placeOfService", "units",
            "qualifyingParticipant", "participating");
        var day = asked.Day("date") ?? today;
        var codes = asked.Texts("codes");
        if (codes.Count is 0 or > MostCodes)
            throw new InputException("/codes", $"there are not 1 to {MostCodes} codes", "write [\"96372\", \"J3420\"]");
        var units = asked.Number("units") ?? 1;
        if (units is < 1 or > 9999) throw new InputException("/units", "this is no number of units", "write 1 or more");
        var lines = new ServiceLine[codes.Count];
        for (var i = 0; i < lines.Length; i++) lines[i] = LineOf(codes[i], i, day, (int)units);
        if (!Code.TryParse(asked.Text("placeOfService") ?? "11", out var place))
            throw new InputException("/placeOfService", "this is no place of service", "write two digits such as 11");
        var (locality, state) = SiteOf(asked, book, day);
        return new(book, lines, place,
            new(locality, state, asked.Flag("qualifyingParticipant") ?? false, asked.Flag("participating") ?? true));
    }

    static ServiceLine LineOf(string text, int index, DateOnly day, int units)
    {
        var line = new ServiceLine { Number = index + 1, Date = day, Units = Quantity.Of(units) };
        var parts = text.Split('-');
        var isRead = Code.TryParse(parts[0], out line.Code) && parts.Length <= 1 + Modifiers.Max;
        foreach (var part in parts.Skip(1))
        {
            isRead &= Modifier.TryParse(part, out var modifier);
            if (isRead) line.Modifiers = line.Modifiers.With(modifier);
        }
        return isRead ? line : throw new InputException($"/codes/{index}", "this is not a code",
            "write 96372 or J3420-JW");
    }

    static (string Locality, string State) SiteOf(ApiJson asked, CodeBook book, DateOnly day)
    {
        var (locality, zip, state) = (asked.Text("locality") ?? "", asked.Text("zip") ?? "", asked.Text("state") ?? "");
        if (locality.Length > 0 && zip.Length > 0)
            throw new InputException("/zip", "the ZIP code finds the locality", "give one alone");
        if (zip.Length > 0)
        {
            if (zip.Length != 5 || !int.TryParse(zip, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new InputException("/zip", "this is no ZIP code", "write five digits such as 60601");
            if (!book.TryZip(number, day, out var row))
                throw new InputException("/zip", "the code book has no such ZIP code", "give the locality");
            locality = string.Create(CultureInfo.InvariantCulture, $"{row.Carrier:00000}-{row.Locality:00}");
            if (state.Length == 0)
                state = string.Create(CultureInfo.InvariantCulture,
                    $"{(char)(row.State >> 8)}{(char)(row.State & 0xFF)}");
        }
        else if (locality.Length > 0) (locality, state) = Named(locality, state, book, day);
        if (locality.Length > 0 && book.Locality(locality, state, day) is null)
            throw new InputException(zip.Length > 0 ? "/zip" : "/locality",
                "the code book has no indices of this locality on this day", WriteLocality);
        return (locality, state);
    }

    const int MostListed = 12;

    const string WriteLocality = "write a city, or contractor and number such as 06102-16; without it the price is the "
        + "national amount";

    /// <summary>The locality that a number or a name means, as on the command line.</summary>
    static (string Locality, string State) Named(string text, string state, CodeBook book, DateOnly day)
    {
        var found = LocalitySearch.Find([.. book.Localities.Where(row => row.Dates.Contains(day)
            && (state.Length == 0 || row.State.Equals(state, StringComparison.OrdinalIgnoreCase)))], text);
        if (found.Count == 0)
            throw new InputException("/locality", "the code book has no such locality on this day", WriteLocality);
        if (found.Count > 1)
            throw new InputException("/locality", $"this fits {found.Count} localities", "give the number of one: "
                + string.Join(", ", found.Take(MostListed).Select(static r =>
                    $"{r.Mac}-{r.Number} {r.Name} ({r.State})"))
                + (found.Count > MostListed ? " …" : ""));
        return ($"{found[0].Mac}-{found[0].Number}", found[0].State);
    }

    public void Write(Utf8JsonWriter json)
    {
        var priced = SameDay.Price(Book, Lines, Place, Terms);
        json.WriteStartArray();
        for (var i = 0; i < Lines.Length; i++) ResultJson.WritePrice(Lines[i], priced[i], [], json);
        json.WriteEndArray();
    }
}
