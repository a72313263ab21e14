using System.Globalization;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// What a book says of a code, row by row, as a diff of two books says it: in a few words, and as members of JSON.
/// </summary>
static class BookWords
{
    /// <summary><c>4 (MAI 3) -> 1 (MAI 2)</c>.</summary>
    public static string Of<T>(Changed<T> changed, Func<T, string> words) where T : struct =>
        $"{(changed.Before is { } old ? words(old) : "none")} -> {(changed.After is { } now ? words(now) : "none")}";

    public static string Unit(BillingUnitRow row) =>
        row.IsPerDose ? "one dose" : $"{(row.UpTo ? "up to " : "")}{row.Unit}";

    public static void Unit(BillingUnitRow row, Utf8JsonWriter json) => json.WriteString("unit"u8, Unit(row));

    public static string Limit(UnitLimitRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.Limit} (MAI {row.Mai})");

    public static void Limit(UnitLimitRow row, Utf8JsonWriter json)
    {
        json.WriteNumber("units"u8, row.Limit);
        json.WriteNumber("mai"u8, row.Mai);
    }

    public static string Asp(AspRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"${row.Limit:#,##0.000#} (coinsurance {row.Coinsurance:0.###} %)");

    public static void Asp(AspRow row, Utf8JsonWriter json)
    {
        json.WriteNumber("limit"u8, row.Limit);
        json.WriteNumber("coinsurance"u8, row.Coinsurance);
    }

    public static string Opps(OppsRow row) =>
        $"status {row.Status}{(row.Rate is { } rate ? $", {Dollars.Of(rate)}" : "")}";

    public static void Opps(OppsRow row, Utf8JsonWriter json)
    {
        json.WriteString("status"u8, row.Status);
        Amount("rate"u8, row.Rate, json);
    }

    /// <summary><c>status A: office 0.46 RVU, $15.36; facility not paid</c>; the amounts are national ones.</summary>
    public static string Fee(FeeRow row, CodeBook book, Code code, DateOnly day) =>
        Total(row, false) + Total(row, true) == 0
            ? $"status {row.Status}"
            : $"status {row.Status}: office "
                + $"{Place(row.NonFacilityNa, Total(row, false), Price(book, code, day, "11"))}; facility "
                + $"{Place(row.FacilityNa, Total(row, true), Price(book, code, day, "22"))}";

    static string Place(bool isNa, decimal rvu, Money? amount) =>
        isNa
            ? "not paid"
            : string.Create(CultureInfo.InvariantCulture,
                $"{rvu:0.00##} RVU{(amount is { } dollars ? $", {Dollars.Of(dollars)}" : "")}");

    public static void Fee(FeeRow row, CodeBook book, Code code, DateOnly day, Utf8JsonWriter json)
    {
        json.WriteString("status"u8, row.Status.ToString());
        json.WriteNumber("work"u8, row.Work);
        json.WriteNumber("officeRvu"u8, Total(row, false));
        json.WriteNumber("facilityRvu"u8, Total(row, true));
        Amount("office"u8, Price(book, code, day, "11"), json);
        Amount("facility"u8, Price(book, code, day, "22"), json);
        json.WriteString("global"u8, row.Global);
        json.WriteNumber("pcTc"u8, row.PcTc);
        json.WriteNumber("multiple"u8, row.Multiple);
        json.WriteNumber("bilateral"u8, row.Bilateral);
    }

    static decimal Total(in FeeRow row, bool facility) =>
        row.Work + row.Malpractice + (facility ? row.PracticeFacility : row.PracticeNonFacility);

    static Money? Price(CodeBook book, Code code, DateOnly day, string place)
    {
        var line = new ServiceLine { Number = 1, Code = code, Date = day, Units = Quantity.One };
        return FeeSchedule.Price(book, PayerKind.Medicare, Setting.Professional, line, Code.Of(place),
            new PriceTerms("", "")).Amount;
    }

    /// <summary>Null, or with two decimals.</summary>
    public static void Amount(ReadOnlySpan<byte> name, Money? amount, Utf8JsonWriter json)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(amount?.ToString() ?? "null", skipInputValidation: true);
    }

    public static string Indicator(byte? indicator) => indicator switch
    {
        null => "no pair",
        0 => "never together (0)",
        1 => "with a modifier if distinct (1)",
        _ => string.Create(CultureInfo.InvariantCulture, $"void ({indicator})"),
    };

    public static string Standing(DiagnosisStanding standing) => standing switch
    {
        DiagnosisStanding.Valid => "billable",
        DiagnosisStanding.Header => "header",
        DiagnosisStanding.Invalid => "no code",
        _ => "not in the book"
    };

    public static string Label(CodeBook book, Code code) =>
        book.Codes[book.Id(code)] is [.., var last] ? book.LabelOf(last) : "";
}
