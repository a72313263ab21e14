using System.Globalization;
using System.Text;
using Deltoid.Codes;

namespace Deltoid.Bench;

/// <summary>
/// Files of 837P and 835 that are made here, always the same: a usual one (a visit, an injection and its drug, a few
/// codes) and a hard one (2,000 distinct codes, 1 to 50 lines, several dates, providers, payers and drugs, and two
/// faults in every other claim).
/// </summary>
static class ClaimFiles
{
    const int PerSet = 5_000;

    public static void Write(string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "usual.837"), Usual(20_000));
        File.WriteAllBytes(Path.Combine(folder, "hard.837"), Hard(4_000, Books.StarterBook.Open()));
        File.WriteAllBytes(Path.Combine(folder, "usual.835"), Remittance(20_000));
    }

    public static byte[] Usual(int claims) => Make(claims, static (text, random, number) =>
    {
        var visit = number % 3 == 0;
        text.Append(CultureInfo.InvariantCulture,
            $"CLM*C{number:0000000}*{(visit ? "150.5" : "50.5")}"
                + $"***11:B:1*Y*A*Y*Y~HI*ABK:D510*ABF:I10~NM1*82*1*REED*ANNA****XX*1234567893~");
        var line = 0;
        if (visit)
            text.Append(CultureInfo.InvariantCulture,
                $"LX*{++line}~SV1*HC:99213:25*100*UN*1***2~DTP*472*D8*20260302~REF*6R*{number}.{line}~");
        text.Append(CultureInfo.InvariantCulture,
            $"LX*{++line}~SV1*HC:96372*38*UN*1***1~DTP*472*D8*20260302~REF*6R*{number}.{line}~");
        text.Append(CultureInfo.InvariantCulture,
            $"LX*{++line}~SV1*HC:J3420:JZ*12.5*UN*1***1~DTP*472*D8*20260302~REF*6R*"
                + $"{number}.{line}~LIN**N4*00517003125~CTP****1*ML~");
    });

    public static byte[] Hard(int claims, CodeBook book)
    {
        var codes = Codes(book);
        return Make(claims, (text, random, number) => HardClaim(text, random, number, codes));
    }

    /// <summary>Codes of the book in turn, and made-up ones of the right shape up to 2,000.</summary>
    static string[] Codes(CodeBook book)
    {
        var codes = new List<string>(2_000);
        for (var id = 0; id < book.CodeCount && codes.Count < 2_000; id++)
            if (book[id].ToString() is { Length: 5 } code) codes.Add(code);
        for (var number = 100; codes.Count < 2_000; number += 9)
            codes.Add(string.Create(CultureInfo.InvariantCulture, $"{"JQGA"[number % 4]}{number:0000}"));
        return [.. codes];
    }

    static void HardClaim(StringBuilder text, Random random, int number, string[] codes)
    {
        var lines = random.Next(1, 51);
        var charges = Enumerable.Range(0, lines).Select(_ => random.Next(100, 90_000)).ToArray();
        var (faulty, other) = (number % 2 == 0, random.Next(5) == 0);
        var total = charges.Sum() + (faulty ? 100 : 0); // the first fault: a wrong total
        text.Append(CultureInfo.InvariantCulture,
            $"CLM*H{number:0000000}*{Amount(total)}***{(random.Next(3) == 0 ? "22" : "11")}"
                + $":B:1*Y*A*Y*Y~DTP*431*D8*20260115~DTP*454*D8*20260120~");
        text.Append(CultureInfo.InvariantCulture,
            $"REF*G1*AUTH{number}~REF*EA*MR{number % 9_999}~NTE*ADD*SEEN IN THE MORNING, NO "
                + $"REACTION~HI*ABK:M0579");
        for (var i = 1; i < random.Next(2, 12); i++)
            text.Append(CultureInfo.InvariantCulture,
                $"*ABF:{(char)('A' + random.Next(20))}{random.Next(10, 99)}{random.Next(0, 9)}");
        // the second: a wrong NPI
        text.Append(CultureInfo.InvariantCulture,
            $"~NM1*DN*1*MOORE*JAN****XX*1234567893~NM1*82*1*REED*ANNA****XX*"
                + $"{(faulty ? "1234567890" : "1234567893")}~PRV*PE*PXC*207R00000X~");
        text.Append("NM1*77*2*OAK STREET MEDICINE*****XX*1234567893~N3*210 OAK STREET~N4*SPRINGFIELD*IL*627041234~");
        if (other)
            text.Append(CultureInfo.InvariantCulture,
                $"SBR*S*18*******CI~AMT*D*0~OI***Y***Y~NM1*IL*1*FIELD*ALAN****MI*X"
                    + $"{number:000000}~NM1*PR*2*LAKE MUTUAL*****PI*55555~");
        for (var i = 0; i < lines; i++)
        {
            var (code, day) = (codes[random.Next(codes.Length)], random.Next(1, 29));
            var thru = day + random.Next(0, 2);
            text.Append(CultureInfo.InvariantCulture,
                $"LX*{i + 1}~SV1*HC:{code}{(random.Next(3) == 0 ? ":59" : "")}*"
                    + $"{Amount(charges[i])}*UN*{random.Next(1, 12)}***1~");
            text.Append(thru > day
                ? string.Create(CultureInfo.InvariantCulture,
                    $"DTP*472*RD8*202602{day:00}-202602{Math.Min(thru, 28):00}~")
                : string.Create(CultureInfo.InvariantCulture, $"DTP*472*D8*202602{day:00}~"));
            text.Append(CultureInfo.InvariantCulture, $"REF*6R*{number}.{i + 1}~");
            if (code[0] == 'J')
                text.Append(CultureInfo.InvariantCulture,
                    $"LIN**N4*{random.Next(10_000, 99_999)}"
                        + $"{random.Next(1_000, 9_999)}01~CTP****{random.Next(1, 9)}.5*ML~");
            if (i % 4 == 0) text.Append("NM1*82*1*STONE*IDA****XX*1234567893~");
        }
    }

    static string Amount(int cents) => (cents / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    static byte[] Make(int claims, Action<StringBuilder, Random, int> claim)
    {
        var (random, text, file) = (new Random(96372), new StringBuilder(), new MemoryStream());
        text.Append("ISA*00*          *00*          *ZZ*OAKSTREET      *ZZ*PAYER          "
            + "*260305*0930*^*00501*000000001*0*P*:~GS*HC*OAKSTREET*PAYER*20260305*0930*1*X*005010X222A1~");
        var sets = 0;
        for (var first = 1; first <= claims; first += PerSet)
            WriteSet(text, random, file, first, Math.Min(first + PerSet - 1, claims), ++sets, claim);
        text.Append(CultureInfo.InvariantCulture, $"GE*{sets}*1~IEA*1*000000001~");
        Flush(text, file);
        return file.ToArray();
    }

    static void WriteSet(StringBuilder text, Random random, MemoryStream file, int first, int last, int set,
        Action<StringBuilder, Random, int> claim)
    {
        var segments = 0;
        text.Append(CultureInfo.InvariantCulture,
            $"ST*837*{set:0000}*005010X222A1~BHT*0019*00*{set}*20260305*0930*CH~NM1*41*2*OAK STREET "
                + $"MEDICINE*****46*OAKSTREET~PER*IC*BILLING*TE*3125550100~NM1*40*2*PAYER*****46*PAYER~");
        text.Append("HL*1**20*1~PRV*BI*PXC*207R00000X~NM1*85*2*OAK STREET "
            + "MEDICINE*****XX*1234567893~N3*210 OAK "
            + "STREET~N4*SPRINGFIELD*IL*627041234~REF*EI*123456789~");
        for (var number = first; number <= last; number++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"HL*{number - first + 2}*1*22*0~SBR*P*18*******CI~NM1*IL*1*FIELD"
                    + $"{number % 7}*ALAN****MI*M{number:000000}~N3*1 FIRST "
                    + $"ST~N4*PEORIA*IL*61602~DMG*D8*19500131*M~NM1*PR*2*PAYER*****PI*PAYER~");
            claim(text, random, number);
            if (text.Length > 1 << 20) segments += Flush(text, file);
        }
        segments += Flush(text, file);
        if (first == 1) segments -= 2; // ISA and GS
        text.Append(CultureInfo.InvariantCulture, $"SE*{segments + 1}*{set:0000}~");
        segments = Flush(text, file);
    }

    static int Flush(StringBuilder text, MemoryStream file)
    {
        var bytes = Encoding.ASCII.GetBytes(text.ToString());
        text.Clear();
        file.Write(bytes);
        return bytes.AsSpan().Count((byte)'~');
    }

    /// <summary>What a payer pays of the usual claims: every line in full but what the contract takes.</summary>
    /// <param name="denied">Of so many claims one has a line that is denied; 0 of none.</param>
    public static byte[] Remittance(int claims, int denied = 0)
    {
        var (text, file) = (new StringBuilder(), new MemoryStream());
        text.Append("ISA*00*          *00*          *ZZ*PAYER          *ZZ*OAKSTREET      "
            + "*260405*0930*^*00501*000000001*0*P*:~GS*HP*PAYER*OAKSTREET*20260405*0930*1*X*005010X221A1~");
        text.Append(CultureInfo.InvariantCulture,
            $"ST*835*0001~BPR*I*{Amount((claims * 4_050) - (denied == 0 ? 0 : claims / denied * 3_000))}"
                + $"*C*CHK************20260405~TRN*1*CHECK1*1123456789~DTM*405*20260405~N1*PR*PAYER~N3*1 "
                + $"MAIN ST~N4*CHICAGO*IL*60601~PER*BL*DESK*TE*3125550111~N1*PE*OAK STREET "
                + $"MEDICINE*XX*1234567893~LX*1~");
        for (var number = 1; number <= claims; number++)
        {
            var isDenied = denied > 0 && number % denied == 0;
            text.Append(CultureInfo.InvariantCulture,
                $"CLP*C{number:0000000}*1*50.5*{(isDenied ? "10.5" : "40.5")}**12*P"
                    + $"{number}*11*1~NM1*QC*1*FIELD{number % 7}"
                    + $"*ALAN****MI*M{number:000000}~DTM*232*20260302~");
            text.Append(CultureInfo.InvariantCulture,
                $"SVC*HC:96372*38*{(isDenied ? "0" : "30")}**1~DTM*472*20260302~"
                    + $"{(isDenied ? "CAS*CO*197*38" : "CAS*CO*45*8")}~REF*6R*"
                    + $"{number}.1~AMT*B6*30~SVC*HC:J3420:JZ*12.5*10.5**1~DTM*472*20260302~CAS*CO*45*2~REF*6R*"
                    + $"{number}.2~AMT*B6*10.5~");
            if (text.Length > 1 << 20) Flush(text, file);
        }
        Flush(text, file);
        text.Append(CultureInfo.InvariantCulture,
            $"SE*{file.ToArray().AsSpan().Count((byte)'~') - 1}*0001~GE*1*1~IEA*1*000000001~");
        Flush(text, file);
        return file.ToArray();
    }
}
