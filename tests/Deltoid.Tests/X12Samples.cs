using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;

namespace Deltoid.Tests;

/// <summary>
/// Files of 837 that are made here, clean or with faults put in at known places. All names are made up.
/// </summary>
internal static partial class X12Samples
{
    /// <summary>A professional claim in JSON: a visit, an injection and its drug.</summary>
    public static string ClaimJsonOf(int number) => $$$"""
        {"id":"C{{{number:000000}}}","setting":"professional","placeOfService":"11",
         "billingProvider":{"name":"Oak Street Medicine","npi":"1234567893","taxId":"123456789","taxonomy":"207R00000X","phone":"3125550100","address":{"line":"210 Oak Street","city":"Springfield","state":"IL","zip":"627041234"}},
         "subscriber":{"name":"Field{{{number % 7}}}","first":"Alan","memberId":"1EG4TE5MK{{{number % 100:00}}}","birthDate":"1950-01-31","sex":"M","relationship":"18","address":{"line":"1 First St","city":"Peoria","state":"IL","zip":"61602"} },
         "payer":{"kind":"medicare","id":"MEDICARE-B","name":"Part B","filing":"MB"},
         "statements":{"signature":"Y","assignment":"A","benefits":"Y","release":"Y"},
         "diagnoses":["D51.0","I10"],
         "charge":{{{(number % 3 == 0 ? "150.50" : "50.50")}}},
         "lines":[{{{(number % 3 == 0 ? Visit : "")}}}
          {"code":"96372","units":1,"charge":38,"date":"2026-03-02","diagnoses":[1]},
          {"code":"J3420","modifiers":["JZ"],"units":1,"charge":12.5,"date":"2026-03-02","diagnoses":[1],"ndc":{"code":"00517003125","unit":"ML","quantity":1} }]}
        """;

    const string Visit =
        """{"code":"99213","modifiers":["25"],"units":1,"charge":100,"date":"2026-03-02","diagnoses":[2]},""";

    public static Claim Claim(int number)
    {
        var claim = new Claim();
        ClaimJson.Read(Encoding.UTF8.GetBytes(ClaimJsonOf(number)), claim);
        return claim;
    }

    public static EnvelopeTerms Terms { get; } = new()
    {
        Sender = "OAKSTREET", Receiver = "MEDICARE-B", ContactName = "Billing", Day = new(2026, 3, 5), Time = new(9, 30)
    };

    /// <summary>A file of claims that a receiver takes.</summary>
    public static string File(int claims, int perSet = 100)
    {
        var writer = new ClaimWriter(Terms with { MostClaims = perSet });
        for (var i = 1; i <= claims; i++) writer.Write(Claim(i));
        writer.Finish();
        return Encoding.ASCII.GetString(writer.Output.Written);
    }

    /// <summary>
    /// The same with a fault in every fourth claim, of three kinds in turn: a wrong total, a pointer to nowhere, a code
    /// that is retired.
    /// </summary>
    public static string Faulty(int claims, int perSet = 100)
    {
        var number = 0;
        return Claims().Replace(File(claims, perSet), claim => (++number % 12) switch
        {
            0 =>
                claim.Value.Replace("*50.5*", "*60.5*", StringComparison.Ordinal)
                    .Replace("*150.5*", "*160.5*", StringComparison.Ordinal),
            4 => claim.Value.Replace("HC:96372*38*UN*1***1~", "HC:96372*38*UN*1***9~", StringComparison.Ordinal),
            8 => claim.Value.Replace("HC:J3420:JZ", "HC:J1030:JZ", StringComparison.Ordinal),
            _ => claim.Value,
        });
    }

    /// <summary>An element of the n-th segment of a set (ST = 1) is replaced.</summary>
    public static string With(string file, int segment, int element, string value)
    {
        var segments = file.Split('~');
        var first = Array.FindIndex(segments, static s => s.StartsWith("ST*", StringComparison.Ordinal));
        var elements = segments[first + segment - 1].Split('*');
        elements[element] = value;
        segments[first + segment - 1] = string.Join('*', elements);
        return string.Join('~', segments);
    }

    /// <summary>Where the n-th segment of the first set begins.</summary>
    public static int OffsetOf(string file, int segment)
    {
        var at = file.IndexOf("ST*", StringComparison.Ordinal);
        for (; segment > 1; segment--) at = file.IndexOf('~', at) + 1;
        return at;
    }

    /// <summary>The number of the first segment of the first set that begins so.</summary>
    public static int SegmentOf(string file, string start)
    {
        var segments = file.Split('~');
        var first = Array.FindIndex(segments, static s => s.StartsWith("ST*", StringComparison.Ordinal));
        return Array.FindIndex(segments, first, s => s.StartsWith(start, StringComparison.Ordinal)) - first + 1;
    }

    public static string Segments(string file) => file.Replace("~", "~\n", StringComparison.Ordinal);

    [GeneratedRegex(@"CLM\*C.*?(?=HL\*|SE\*)")]
    private static partial Regex Claims();
}
