using Deltoid.Values;

namespace Deltoid.Rules;

/// <summary>A number that a rule turns on.</summary>
internal enum Limit : byte { FirstYear, LastYear, NewPatientYears }

/// <summary>The rows of <c>limits.tsv</c>. Immutable; read once.</summary>
internal static class Limits
{
    static readonly string[] Names = ["first-year", "last-year", "new-patient-years"];

    static readonly int[] Values = Read();

    public static int Of(Limit limit) => Values[(int)limit];

    static int[] Read()
    {
        var rows = ShippedRows.Open("rules/limits.tsv");
        int limit = rows.Column("limit"), value = rows.Column("value");
        var values = new int[Names.Length];
        while (rows.Next()) values[Array.IndexOf(Names, new string(rows[limit]))] = rows.Int(value);
        return values;
    }
}
