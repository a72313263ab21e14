using System.Globalization;
using System.Text;
using Deltoid.Findings;
using Deltoid.X12;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// One fault in a clean file makes one error, at its place: nothing that follows from it is reported beside it.
/// </summary>
public sealed class OneFaultTests
{
    /// <summary>The set, what is done, to the first segment that begins so, and the error with its segment.</summary>
    const string Table = """
        837P | delete | NM1*41 | segment-missing 3
        837P | delete | NM1*40 | loop-missing 5
        837P | delete | HL*1 | segment-missing 6
        837P | delete | NM1*85 | segment-missing 8
        837P | delete | HL*2 | segment-missing 16
        837P | delete | SBR*P | segment-missing 17
        837P | delete | NM1*IL | segment-missing 18
        837P | delete | NM1*PR | segment-missing 22
        837P | delete | CLM*T1 | segment-missing 25
        837P | delete | HI*ABK:E119* | segment-missing 32
        837P | delete | LX*1 | segment-missing 39
        837P | delete | SV1*HC:99213:25 | segment-missing 40
        837P | delete | LX*2 | segment-missing 44
        837P | delete | LIN | segment-missing 48
        837P | delete | HL*4 | segment-missing 54
        837P | delete | PAT | segment-missing 55
        837P | delete | SVD | segment-missing 75
        837I | delete | HL*1 | segment-missing 6
        837I | delete | SBR*P | segment-missing 13
        837I | delete | CL1 | segment-missing 21
        837I | delete | LX*2 | segment-missing 41
        837I | delete | SV2*0510 | segment-missing 38
        835 | delete | N1*PE | segment-missing 12
        835 | delete | LX | segment-missing 16
        835 | delete | NM1*QC | segment-missing 19
        277CA | delete | HL*3 | segment-missing 16
        277CA | delete | NM1*41 | loop-missing 9
        277CA | delete | TRN*2*T1 | segment-missing 26
        837P | repeat | NM1*41 | loop-too-often 4
        837P | repeat | NM1*40 | loop-too-often 6
        837P | repeat | HL*1 | segment-repeated 7
        837P | repeat | NM1*85 | loop-too-often 9
        837P | repeat | HL*2 | segment-repeated 17
        837P | repeat | SBR*P | segment-too-often 18
        837P | repeat | NM1*IL | loop-too-often 19
        837P | repeat | NM1*PR | loop-too-often 23
        837P | repeat | CLM*T1 | segment-repeated 26
        837P | repeat | HI*ABK:E119* | segment-too-often 33
        837P | repeat | LX*1 | segment-repeated 40
        837P | repeat | SV1*HC:99213:25 | segment-too-often 41
        837P | repeat | LX*2 | segment-repeated 45
        837P | repeat | LIN | loop-too-often 49
        837P | repeat | HL*4 | segment-repeated 55
        837P | repeat | PAT | segment-too-often 56
        837P | repeat | SVD | segment-repeated 76
        837I | repeat | HL*1 | segment-repeated 7
        837I | repeat | SBR*P | segment-too-often 14
        837I | repeat | CL1 | segment-too-often 22
        837I | repeat | LX*2 | segment-repeated 42
        837I | repeat | SV2*0510 | segment-too-often 39
        835 | repeat | N1*PE | loop-too-often 13
        835 | repeat | NM1*QC | segment-too-often 19
        277CA | repeat | HL*3 | segment-repeated 17
        277CA | repeat | NM1*41 | loop-too-often 10
        277CA | repeat | TRN*2*T1 | segment-repeated 27
        837P | swap | NM1*41 | segment-out-of-sequence 3
        837P | swap | NM1*40 | segment-out-of-sequence 6
        837P | swap | HL*1 | segment-out-of-sequence 6
        837P | swap | NM1*85 | segment-out-of-sequence 8
        837P | swap | HL*2 | segment-out-of-sequence 16
        837P | swap | SBR*P | segment-out-of-sequence 18
        837P | swap | NM1*IL | segment-out-of-sequence 18
        837P | swap | NM1*PR | segment-out-of-sequence 22
        837P | swap | CLM*T1 | segment-out-of-sequence 25
        837P | swap | HI*ABK:E119* | segment-out-of-sequence 33
        837P | swap | LX*1 | segment-out-of-sequence 39
        837P | swap | SV1*HC:99213:25 | segment-out-of-sequence 41
        837P | swap | LX*2 | segment-out-of-sequence 44
        837P | swap | LIN | segment-out-of-sequence 48
        837P | swap | HL*4 | segment-out-of-sequence 54
        837P | swap | PAT | segment-out-of-sequence 56
        837P | swap | SVD | segment-out-of-sequence 75
        837I | swap | HL*1 | segment-out-of-sequence 6
        837I | swap | SBR*P | segment-out-of-sequence 14
        837I | swap | CL1 | segment-out-of-sequence 22
        837I | swap | LX*2 | segment-out-of-sequence 41
        837I | swap | SV2*0510 | segment-out-of-sequence 39
        835 | swap | N1*PE | segment-out-of-sequence 12
        277CA | swap | HL*3 | segment-out-of-sequence 16
        277CA | swap | NM1*41 | segment-out-of-sequence 10
        277CA | swap | TRN*2*T1 | segment-out-of-sequence 26
        837P | rename | NM1*41 | segment-unknown 3
        837P | rename | NM1*40 | segment-unknown 5
        837P | rename | HL*1 | segment-unknown 6
        837P | rename | NM1*85 | segment-unknown 8
        837P | rename | HL*2 | segment-unknown 16
        837P | rename | SBR*P | segment-unknown 17
        837P | rename | NM1*IL | segment-unknown 18
        837P | rename | NM1*PR | segment-unknown 22
        837P | rename | CLM*T1 | segment-unknown 25
        837P | rename | HI*ABK:E119* | segment-unknown 32
        837P | rename | LX*1 | segment-unknown 39
        837P | rename | SV1*HC:99213:25 | segment-unknown 40
        837P | rename | LX*2 | segment-unknown 44
        837P | rename | LIN | segment-unknown 48
        837P | rename | HL*4 | segment-unknown 54
        837P | rename | PAT | segment-unknown 55
        837P | rename | SVD | segment-unknown 75
        837I | rename | HL*1 | segment-unknown 6
        837I | rename | SBR*P | segment-unknown 13
        837I | rename | CL1 | segment-unknown 21
        837I | rename | LX*2 | segment-unknown 41
        837I | rename | SV2*0510 | segment-unknown 38
        835 | rename | N1*PE | segment-unknown 12
        835 | rename | LX | segment-unknown 16
        835 | rename | NM1*QC | segment-unknown 18
        277CA | rename | HL*3 | segment-unknown 16
        277CA | rename | NM1*41 | segment-unknown 9
        277CA | rename | TRN*2*T1 | segment-unknown 26
        837P | joined | N3 | segment-name 9
        837P | doubled | N3 | terminator-doubled 10
        837P | joined | DTP*472 | segment-name 41
        837P | doubled | DTP*472 | terminator-doubled 42
        837P | joined | REF*6R | segment-name 42
        837P | doubled | REF*6R | terminator-doubled 43
        837I | joined | HI*ABF | segment-name 25
        837I | doubled | HI*ABF | terminator-doubled 26
        835 | joined | SVC | segment-name 24
        835 | doubled | SVC | terminator-doubled 25
        277CA | joined | DTP*472 | segment-name 29
        277CA | doubled | DTP*472 | terminator-doubled 30
        837P | later3 | HI*ABK:E119* | segment-out-of-sequence 35
        837P | later3 | SBR*P | segment-out-of-sequence 20
        837P | later3 | REF*EI | segment-out-of-sequence 14
        835 | repeat | LX | segment-repeated 17
        835 | repeat | CLP | segment-repeated 18
        835 | repeat | SVC*HC:99213 | segment-repeated 25
        835 | repeat | CAS*CO*45*22.5 | segment-repeated 27
        835 | repeat | CAS*PR | segment-repeated 28
        277CA | repeat | HL*1 | loop-too-often 4
        277CA | repeat | HL*4 | segment-repeated 25
        999 | repeat | AK2*837*0001 | segment-repeated 4
        999 | delete | AK2*837*0001 | segment-missing 3
        999 | rename | AK2*837*0001 | segment-unknown 3
        270 | repeat | HL*3 | segment-repeated 8
        270 | rename | HL*3 | segment-unknown 7
        270 | delete | HL*5 | segment-missing 15
        270 | swap | HL*1 | segment-out-of-sequence 3
        271 | repeat | HL*3 | segment-repeated 8
        276 | repeat | HL*4 | segment-repeated 10
        277 | repeat | HL*4 | segment-repeated 10
        277 | rename | HL*4 | segment-unknown 9
        """;

    public static TheoryData<string, string, string, string> Faults { get; } = new(Table.Split('\n')
        .Select(static row => row.Split(" | ", StringSplitOptions.TrimEntries))
        .Select(static r => (r[0], r[1], r[2], r[3])));

    [Theory, MemberData(nameof(Faults))]
    public void One_fault_is_one_error(string set, string change, string segment, string error)
    {
        var segments = OneFaultFiles.Segments(set);
        var at = Array.FindIndex(segments, s => s.StartsWith(segment, StringComparison.Ordinal));
        var file = OneFaultFiles.Changed(segments, change, at);
        Assert.Equal([error], X12Reading.Of(OneFaultFiles.Bytes(set, file)).Errors.Select(Named));
    }

    static string Named(Finding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{finding.Info.Name} {finding.Source.Segment}");

    [Theory, InlineData("837P"), InlineData("837I"), InlineData("835"), InlineData("277CA"), InlineData("999"),
        InlineData("270"), InlineData("271"), InlineData("276"), InlineData("277")]
    public void The_files_are_clean(string set) =>
        Assert.Empty(X12Reading.Of(OneFaultFiles.Bytes(set, OneFaultFiles.Segments(set))).Findings);

    /// <summary>
    /// Sums that an exact double of an amount makes wrong, and a city that two addresses claim, are more than one
    /// error.
    /// </summary>
    [Theory, InlineData("837P", 2), InlineData("837I", 3), InlineData("835", 3), InlineData("277CA", 1),
        InlineData("999", 2), InlineData("270", 2), InlineData("271", 0), InlineData("276", 0), InlineData("277", 0)]
    public void Every_segment_deleted_repeated_swapped_or_renamed_makes_few_errors(string set, int mostOthers)
    {
        var others = new List<string>();
        foreach (var change in (ReadOnlySpan<string>)["delete", "repeat", "swap", "rename"])
            for (var at = 1; at < OneFaultFiles.Segments(set).Length - (change == "swap" ? 1 : 0); at++)
            {
                var file = OneFaultFiles.Bytes(set, OneFaultFiles.Changed(OneFaultFiles.Segments(set), change, at));
                var errors = X12Reading.Of(file).Errors.Select(Named).ToList();
                if (errors.Count > 1)
                    others.Add($"{change} {OneFaultFiles.Segments(set)[at]}: {string.Join(", ", errors)}");
                if (errors.Count > 3) Assert.Fail(others[^1]);
            }
        Assert.True(others.Count <= mostOthers, string.Join("\n", others));
    }

    [Theory, InlineData("837P"), InlineData("837I"), InlineData("835"), InlineData("277CA")]
    public void The_answer_to_each_passes_our_own_check(string set)
    {
        var wrong = new List<string>();
        foreach (var change in (ReadOnlySpan<string>)["delete", "repeat", "swap", "rename", "joined", "doubled"])
            for (var at = 1; at < OneFaultFiles.Segments(set).Length - (change == "swap" ? 1 : 0); at++)
            {
                var acknowledger = new Acknowledger(new EnvelopeTerms { Day = new(2026, 3, 11), Time = new(8, 0) });
                X12Reading.Of(OneFaultFiles.Bytes(set, OneFaultFiles.Changed(OneFaultFiles.Segments(set), change, at)),
                    acknowledger: acknowledger);
                if (X12Reading.Of(acknowledger.Written).Errors.Select(Named).ToList() is { Count: > 0 } errors)
                    wrong.Add($"{change} {OneFaultFiles.Segments(set)[at]}: {string.Join(", ", errors)}\n "
                        + $" {Encoding.ASCII.GetString(acknowledger.Written)}");
            }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(10)));
    }

    /// <summary>What is replaced in a clean professional file, and the one error with its words.</summary>
    [Theory]
    [InlineData("*T*:~", "*T*: ~", "terminator-wrong", "it is a blank, but segments end with ~")]
    [InlineData("*T*:~", "*T*:\n~", "terminator-wrong", "it is line end, but segments end with ~")]
    [InlineData("*T*:~", "*T*:\n", "terminator-wrong", "it is line end, but segments end with ~")]
    [InlineData("*T*:~", "*T*:'", "terminator-wrong", "it is ', but segments end with ~")]
    [InlineData("IEA*1*000000001~", "IEA*1*000000001", "last-terminator-missing",
        "IEA, the last segment of the file, has no terminator")]
    [InlineData("IEA*1*000000001~", "", "interchange-not-closed", "without IEA")]
    [InlineData("GE*1*101~IEA*1*000000001~", "", "interchange-not-closed", "without IEA")]
    [InlineData("GE*1*101~", "", "group-not-closed", "without GE")]
    [InlineData("GE*1*", "GE*3*", "set-count", "GE01 says 3 sets, but the group has 1")]
    [InlineData("GE*1*101", "GE*1*102", "group-control-differs", "GE02 is 102, but GS06 is 101")]
    [InlineData("IEA*1*", "IEA*2*", "group-count", "IEA01 says 2 groups, but the interchange has 1")]
    [InlineData("IEA*1*000000001", "IEA*1*000000007", "interchange-control-differs", "IEA02 is 7, but ISA13 is 1")]
    [InlineData("SE*78*", "SE*80*", "segment-count", "SE01 says 80 segments, but the set has 78")]
    [InlineData("SE*78*0001", "SE*78*0002", "set-control-differs", "SE02 is 0002, but ST02 is 0001")]
    [InlineData("HL*3*1*22*1", "HL*7*1*22*1", "level-number", "HL01 must be 3")]
    [InlineData("HL*2*1*22*0", "HL*2*9*22*0", "level-parent", "HL02 must be 1")]
    [InlineData("~LX*2~SV1*HC:J3420", "~LX*5~SV1*HC:J3420", "line-number", "LX01 must be 2")]
    [InlineData("HI*ABK:E119*ABF:I10", "HI*BK:25000*BF:4019", "code-versions", "HI01-1 is of ICD-9")]
    [InlineData("HI*ABK:E119*ABF:I10", "HI*ABK:E119*BF:4019", "code-versions", "HI02-1 is of ICD-9")]
    [InlineData("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:I", "form-not-valid", "is too short: 1 character;")]
    [InlineData("***1:2~", "***1:5~", "diagnosis-pointer", "points to diagnosis 5, but the claim has 2")]
    [InlineData("CTP****1*ML", "CTP****1.2345*ML", "number-too-precise", "the limit is 3")]
    [InlineData("AMT*F5*10", "AMT*F5*-10", "amount-negative", "AMT02")]
    [InlineData("CAS*CO*45*32.5", "CAS*CO*9999*32.5", "form-not-valid", "a reason code is one to three digits")]
    [InlineData("DTP*431*D8*20260228", "DTP*431*D8*20260401", "days-contradict", "after the day that the file was made")]
    [InlineData("DTP*573*D8*20260306", "DTP*573*D8*20260401", "days-contradict", "after the day that the file was made")]
    [InlineData("DMG*D8*20150704*M", "DMG*D8*20300704*M", "days-contradict", "after the day that the file was made")]
    [InlineData("NM1*IL*1*OLSEN*MARA****MI*ZX100200300~N3", "NM1*IL*1*OLSEN*MARA~N3", "element-asked-for", "NM109")]
    [InlineData("NM1*IL*1*OLSEN*MARA****MI*ZX100200300~N3", "NM1*IL*1*OLSEN*MARA****MI~N3", "companion-missing",
        "element 8 of its segment needs it")]
    [InlineData("PWK*OZ*BM***AC*ABC123", "PWK*OZ*BM", "element-asked-for", "PWK06")]
    [InlineData("NTE*ADD*SEEN TODAY", "NTE*ADD*", "element-missing", "NTE02")]
    [InlineData("CLM*T1*150*", "CLM*T1*-150*", "amount-negative", "CLM02")]
    [InlineData("SBR*S********CI", "SBR*S*18*******CI", "element-barred", "SBR02 must be empty: a patient level is below")]
    [InlineData("*T*:~", "*T**~", "separators-clash", "two separators are the same")]
    [InlineData("^*00501*", ":*00501*", "separators-clash", "two separators are the same")]
    [InlineData("ST*837*0001*005010X222A1~", "", "segment-outside-set", "ST is missing before it")]
    [InlineData("SV1*HC:99213:25*", "SV1*99213*", "element-too-long",
        "SV101-1 (code set) has 5 characters, but a code of at most 2")]
    [InlineData("***1:2~", "***1:13~", "code-not-in-guide", "SV107-2")]
    [InlineData("REF*EI*411234567", "REF*EI*41-1234567", "element-too-long", "holds a hyphen")]
    [InlineData("CLINIC*****XX*1234567893", "CLINIC*****XX*123456789", "element-too-short",
        "has 9 digits; an NPI has ten digits")]
    [InlineData("BHT*0019*00*BATCH77*20260310", "BHT*0019*00*BATCH77*260310", "element-too-short", "CCYYMMDD")]
    [InlineData("0~SBR*P*18*******CI", "0~SBR*P*19*******CI", "code-not-in-guide", "SBR02")]
    [InlineData("0~SBR*P*18*******CI", "0~SBR*P********CI", "code-barred", "SBR02 must be 18")]
    [InlineData("0~SBR*P*18*******CI", "0~SBR*P*18***12****CI", "element-barred", "SBR05 must be empty")]
    [InlineData("*260310*0815*^", "*20260310*0815*^", "element-too-long", "YYMMDD")]
    [InlineData("ST*837*0001*005010X222A1", "ST*837*0001*005010X223A2", "group-version", "different guides")]
    [InlineData("*X*005010X222A1", "*X*005010X223A2", "group-version", "different guides")]
    [InlineData("TE*6125550144~NM1*40", "TE*612-555-0144~NM1*40", "form-not-valid", "PER04 (number 1) holds a hyphen")]
    [InlineData("DULUTH*MN*558021234~REF", "DULUTH*ZZ*558021234~REF", "form-not-valid", "not a state or province")]
    [InlineData("DULUTH*MN*55802~DMG*D8*1961", "DULUTH*MN*K1A0B1*CA~DMG*D8*1961", "form-not-valid",
        "not a state or province")]
    [InlineData("DULUTH*MN*558021234~REF", "DULUTH*MN*000000000~REF", "form-not-valid", "begins with 000")]
    [InlineData("HC:99213:25*92.5", "HC:99213:gt*92.5", "form-not-valid", "holds lower-case letters; a modifier is")]
    [InlineData("*558021234~REF*EI*411234567~PER", "*558021234REF*EI*411234567~PER", "terminator-missing", "before REF",
        1)]
    [InlineData("REF*6R*T1-1~NTE", "REF*6R*T1-1NTE", "terminator-missing", "before NTE", 1)]
    [InlineData("1:2~DTP*472", "1:2DTP*472", "terminator-missing", "before DTP", 1)]
    [InlineData("NTE*ADD*SEEN", "Nte*ADD*SEEN", "segment-name-small", "names are in capital letters")]
    [InlineData("SV1*HC:99213:25", "sv1*HC:99213:25", "segment-name-small", "the segment name sv1")]
    [InlineData("HL*1**20*1", "HL*1**21*1", "code-not-in-guide", "HL03")]
    [InlineData("HL*2*1*22*0", "HL*2*1*23*0", "code-not-in-guide", "HL03")]
    [InlineData("HL*4*3*23*0", "HL*4*3*22*0", "code-not-in-guide", "HL03")]
    [InlineData("~CLM*T1*", "~ISA*00*          *00*          *ZZ*NORTHCLINIC    *ZZ*PAYERX         *260310*0815*^*00501"
        + "*000000001*0*T*:~CLM*T1*", "segment-not-in-set", "ISA")]
    public void A_fault_of_the_envelope_or_a_count_is_one_error(string from, string to, string name, string words,
        int joined = 0)
    {
        var text = OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        var file = Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)
            .Replace("SE*78*", joined > 0 ? $"SE*{78 - joined}*" : "SE*78*", StringComparison.Ordinal));
        var errors = X12Reading.Of(file).Errors.ToList();
        Assert.Equal(name, Assert.Single(errors).Info.Name);
        Assert.Contains(words, FindingText.Message(errors[0], GuideNames.NameOf), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DULUTH*MN*55802~DMG", "DULUTH*ON*K1A0B1*CA~DMG")]
    [InlineData("DULUTH*MN*55802~DMG", "APO*AE*09128~DMG")]
    [InlineData("DULUTH*MN*55802~DMG", "SAN JUAN*PR*00901~DMG")]
    [InlineData("DULUTH*MN*55802~DMG", "LYON**69001*FR~DMG")]
    [InlineData("TE*6125550144~NM1*40", "EM*desk@north-clinic.example~NM1*40")]
    public void A_near_miss_is_clean(string from, string to)
    {
        var text = OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        Assert.Empty(X12Reading.Of(Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal))).Errors);
    }

    [Fact]
    public void An_interchange_that_begins_again_before_its_end_is_one_error()
    {
        var text = OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P"));
        var begun = text[..text.IndexOf("CLM*T1", StringComparison.Ordinal)];
        Assert.Equal(["interchange-not-closed 0"],
            X12Reading.Of(Encoding.Latin1.GetBytes(begun + text)).Errors.Select(Named));
    }

    /// <summary>A level with the code of another one: what follows says which it is.</summary>
    [Theory]
    [InlineData("277CA", "HL*2*1*21*1", "HL*2*1*20*1", 8)]
    [InlineData("277CA", "HL*2*1*21*1", "HL*2*1*ZZ*1", 8)]
    [InlineData("277CA", "HL*3*2*19*1", "HL*3*2*21*1", 16)]
    [InlineData("277CA", "HL*3*2*19*1", "HL*3*2*PT*1", 16)]
    [InlineData("277CA", "HL*4*3*PT", "HL*4*3*21", 24)]
    [InlineData("277CA", "HL*5*3*PT", "HL*5*3*19", 30)]
    [InlineData("270", "HL*3*2*22*0", "HL*3*2*21*0", 7)]
    [InlineData("270", "HL*5*4*23*0", "HL*5*4*22*0", 15)]
    [InlineData("271", "HL*3*2*22*0", "HL*3*2*23*0", 7)]
    [InlineData("276", "HL*3*2*19*1", "HL*3*2*21*1", 7)]
    [InlineData("277", "HL*4*3*22*0", "HL*4*3*19*0", 9)]
    public void A_level_with_the_code_of_another_is_one_error(string set, string from, string to, int segment)
    {
        var segments = OneFaultFiles.Segments(set);
        segments[Array.IndexOf(segments, from)] = to;
        Assert.Equal([$"code-not-in-guide {segment}"], X12Reading.Of(OneFaultFiles.Bytes(set, segments)).Errors
            .Select(Named));
    }

    /// <summary>
    /// A rule that is broken where a level ends says nothing of the next level's place; nor does it matter what the
    /// reader remembers of earlier files.
    /// </summary>
    [Fact]
    public void A_broken_rule_before_a_level_does_not_hide_its_number()
    {
        var segments = OneFaultFiles.Segments("270").ToList();
        segments.RemoveAt(segments.IndexOf("EQ*30"));
        segments[segments.IndexOf("HL*4*2*22*1")] = "HL*4*9*22*1";
        var (file, readers) = (OneFaultFiles.Bytes("270", [.. segments]), new X12Readers());
        for (var i = 0; i < 3; i++)
            Assert.Equal(["loop-asked-for 12", "level-parent 12"],
                X12Reading.Of(file, readers: readers).Errors.Select(Named));
    }

    /// <summary>
    /// A segment of more elements than are taken, or longer than what is looked at ahead: it is reported, and read on.
    /// </summary>
    [Theory]
    [InlineData("837I", "SV2*0510*", "SV2*051X*", 300)]
    [InlineData("835", "TRN*1*", "TRN*7*", 5000)]
    [InlineData("270", "HL*3*2*22*0", "HL*3*2*21*0", 5000)]
    [InlineData("837P", "HL*2*1*22*0", "HL*2*1*23*0", 5000)]
    public void A_segment_that_is_far_too_long_is_read(string set, string begins, string changed, int more)
    {
        var segments = OneFaultFiles.Segments(set);
        var at = Array.FindIndex(segments, s => s.StartsWith(begins, StringComparison.Ordinal));
        segments[at] = segments[at].Replace(begins, changed, StringComparison.Ordinal) + new string('*', more) + "A";
        var found = X12Reading.Of(OneFaultFiles.Bytes(set, segments)).Errors;
        Assert.Contains(found, f => f.Source.Segment == at + 1);
    }

    /// <summary>SE counts a segment whose terminator is missing; it is only said that the terminator is.</summary>
    [Theory]
    [InlineData("835", "REF*6R*T1-1~", "REF*6R*T1-1", 0, "terminator-missing 28")]
    [InlineData("835", "REF*6R*T1-1~", "REF*6R*T1-1", 1, "terminator-missing 28, segment-count 35")]
    [InlineData("837P", "REF*6R*T1-1~", "REF*6R*T1-1", 0, "terminator-missing 42")]
    [InlineData("277CA", "REF*1K*ICN1~", "REF*1K*ICN1", 0, "terminator-missing 28")]
    public void A_count_that_a_missing_terminator_explains_is_no_error(string set, string from, string to, int off,
        string errors)
    {
        var segments = OneFaultFiles.Segments(set);
        var count = segments.Length + 1;
        var text = OneFaultFiles.Text(set, segments).Replace(from, to, StringComparison.Ordinal)
            .Replace($"SE*{count}*", $"SE*{count + off}*", StringComparison.Ordinal);
        Assert.Equal(errors, string.Join(", ", X12Reading.Of(Encoding.ASCII.GetBytes(text)).Errors.Select(Named)));
    }

    /// <summary>Services and adjustments that are alike and add up are two; so are those that do not.</summary>
    [Theory]
    [InlineData("CLP*T1*1*150*100*10", "CLP*T1*1*242.5*192.5*", "SVC*HC:99213*92.5*92.5**1", "")]
    [InlineData("CLP*T1*1*150*100*10", "CLP*T1*1*150*92.5*", "SVC*HC:99213*92.5*92.5**1", "segment-repeated 25")]
    public void Two_services_that_are_alike_are_judged_by_the_sums(string from, string to, string service,
        string error)
    {
        var segments = OneFaultFiles.Segments("835").ToList();
        var at = segments.FindIndex(s => s.StartsWith(from, StringComparison.Ordinal));
        segments[at] = segments[at].Replace(from, to, StringComparison.Ordinal);
        var line = segments.FindIndex(static s => s.StartsWith("SVC*", StringComparison.Ordinal));
        var isClean = error.Length == 0;
        segments.RemoveRange(line, segments.Count - line);
        segments.AddRange([service, service]);
        if (isClean) segments.Add("SVC*HC:J3420*57.5*7.5**1");
        else segments.AddRange(["SVC*HC:J3420*57.5*0**1"]);
        segments.Add("CAS*CO*45*" + (isClean ? "50" : "57.5"));
        segments[1] = segments[1].Replace("*100*C", isClean ? "*192.5*C" : "*92.5*C", StringComparison.Ordinal);
        var errors = X12Reading.Of(OneFaultFiles.Bytes("835", [.. segments])).Errors.Select(Named);
        Assert.Equal(error, string.Join(", ", errors));
    }

    /// <summary>A finding about an element of the envelope points at the element.</summary>
    [Theory]
    [InlineData("SE*78*", "SE*80*", "80*0001")]
    [InlineData("GE*1*", "GE*3*", "3*101")]
    [InlineData("IEA*1*000000001", "IEA*1*000000007", "000000007~")]
    [InlineData("GS*HC", "GS*HP", "HP*NORTH")]
    [InlineData("ST*837*0001*005010X222A1", "ST*837*0001*005010X223A2", "005010X223A2~BHT")]
    public void A_finding_of_the_envelope_points_at_its_element(string from, string to, string at)
    {
        var text = OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P"))
            .Replace(from, to, StringComparison.Ordinal);
        var error = Assert.Single(X12Reading.Of(Encoding.Latin1.GetBytes(text)).Errors);
        Assert.Equal(text.IndexOf(at, StringComparison.Ordinal), error.Source.ByteOffset);
    }

    [Theory]
    [InlineData("837", "005010X224A2", "the dental claim (837D)", "set-not-supported")]
    [InlineData("837", "004010X098A1", "version 4010 of the professional claim (837P); Deltoid reads 005010X222A1",
        "other-version")]
    [InlineData("837", "004010X096A1", "version 4010 of the institutional claim (837I); Deltoid reads 005010X223A2",
        "other-version")]
    [InlineData("835", "004010X091A1", "version 4010 of the remittance (835); Deltoid reads 005010X221A1",
        "other-version")]
    [InlineData("278", "005010X217", "a request for authorization or its answer (278)", "set-not-supported")]
    [InlineData("834", "005010X220A1", "an enrollment in a plan (834)", "set-not-supported")]
    [InlineData("820", "005010X218", "a premium payment (820)", "set-not-supported")]
    [InlineData("824", "005010X186A1", "an application advice (824)", "set-not-supported")]
    [InlineData("275", "006020X314", "attachments to a claim (275)", "set-not-supported")]
    [InlineData("850", "005010", "a purchase order (850)", "set-not-supported")]
    [InlineData("856", "005010", "a transaction set that is not of claims and payments", "set-not-supported")]
    public void What_is_not_read_is_named(string set, string version, string words, string name)
    {
        var segments = OneFaultFiles.Segments("837P");
        segments[0] = $"ST*{set}*0001*{version}";
        var text = OneFaultFiles.Text("837P", segments).Replace("005010X222A1", version, StringComparison.Ordinal);
        if (version.StartsWith("004", StringComparison.Ordinal))
            text = text.Replace("*^*00501*", "*U*00401*", StringComparison.Ordinal);
        var error = Assert.Single(X12Reading.Of(Encoding.Latin1.GetBytes(text)).Errors);
        Assert.Equal(name, error.Info.Name);
        Assert.Contains(words, FindingText.Message(error, GuideNames.NameOf), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTF-16", new byte[] { 0xFF, 0xFE, 0x49, 0x00 })]
    [InlineData("UTF-16", new byte[] { 0x49, 0x00, 0x53, 0x00, 0x41, 0x00 })]
    [InlineData("EBCDIC", new byte[] { 0xC9, 0xE2, 0xC1, 0x5C })]
    [InlineData("gzip", new byte[] { 0x1F, 0x8B, 0x08 })]
    [InlineData("zip", new byte[] { 0x50, 0x4B, 0x03, 0x04 })]
    [InlineData("zstd", new byte[] { 0x28, 0xB5, 0x2F, 0xFD })]
    [InlineData("bzip2", new byte[] { 0x42, 0x5A, 0x68, 0x39 })]
    [InlineData("xz", new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00 })]
    [InlineData("PDF", new byte[] { 0x25, 0x50, 0x44, 0x46, 0x2D })]
    [InlineData("HL7", new byte[] { 0x4D, 0x53, 0x48, 0x7C })]
    [InlineData("EDIFACT", new byte[] { 0x55, 0x4E, 0x42, 0x2B })]
    public void A_file_of_another_format_is_named(string words, byte[] begin) =>
        Assert.Contains(words, Deltoid.Cli.OtherFormat.Of("a.837", begin)!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_segment_that_no_standard_has_is_in_no_IK3()
    {
        var segments = OneFaultFiles.Changed(OneFaultFiles.Segments("837P"), "rename", 8);
        var acknowledger = new Acknowledger(new EnvelopeTerms { Day = new(2026, 3, 11), Time = new(8, 0) });
        X12Reading.Of(OneFaultFiles.Bytes("837P", segments), acknowledger: acknowledger);
        var answer = Encoding.ASCII.GetString(acknowledger.Written).Split('~');
        Assert.DoesNotContain(answer, static s => s.StartsWith("IK3", StringComparison.Ordinal));
        Assert.Contains("IK5*R*5", answer);
    }

    [Fact]
    public void A_diagnosis_is_found_by_its_place()
    {
        var segments = OneFaultFiles.Segments("837P");
        segments[31] = "HI*ABK:E119*ABF:I10*ABF:Z99999";
        var text = OneFaultFiles.Text("837P", segments);
        var (_, found, _) = CommandLine.RunWith(text, "check", "-", "--json");
        using var json = System.Text.Json.JsonDocument.Parse(found);
        var finding = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal(("/diagnoses/2", "2300/HI-03-2"),
            (finding.GetProperty("at").GetString(), finding.GetProperty("x12").GetProperty("path").GetString()));
        Assert.Equal(text.IndexOf("Z99999", StringComparison.Ordinal),
            finding.GetProperty("x12").GetProperty("byte").GetInt32());
    }
}
