using System.Text;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Pages;

/// <summary>Reads the remittances of pages: see <see cref="RemittancePage"/>.</summary>
internal sealed class RemittanceNotation
{
    const string Npi = "1234567893";

    readonly List<(bool IsEarlier, StringBuilder Text)> files = [(false, new())];
    readonly List<string> body = []; // of the set, without its envelope
    int interchange, set;

    public List<(bool IsEarlier, byte[] Bytes)> Files { get; } = [];

    public List<Claim> Claims { get; } = [];

    /// <exception cref="FormatException">A line does not read.</exception>
    public static RemittanceNotation Read(string text)
    {
        var notation = new RemittanceNotation();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)) notation.Take(line);
        notation.EndFile();
        foreach (var (isEarlier, file) in notation.files)
            if (file.Length > 0) notation.Files.Add((isEarlier, Encoding.UTF8.GetBytes(file.ToString())));
        return notation;
    }

    void Take(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "file" or "earlier":
                EndFile();
                files.Add((words[0] == "earlier", new()));
                break;
            case "interchange": EndFile(); break;
            case "payment": BeginPayment(words); break;
            case "replace": Replace(words); break;
            case "sent": Claims.Add(ClaimOf(words)); break;
            default: AddSegment(line); break;
        }
    }

    StringBuilder File => files[^1].Text;

    void BeginPayment(string[] words)
    {
        if (words.Length < 4) throw new FormatException("payment: write payment AMOUNT NUMBER DAY");
        EndSet();
        if (set == 0)
        {
            interchange++;
            File.Append($"ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01       *261115*1200*^*00501*"
                + $"{interchange:000000000}*0*T*:~\n"
                + $"GS*HP*PAYER01*CLINIC01*20261115*1200*{interchange}*X*005010X221A1~\n");
        }
        set++;
        var (amount, day) = (words[1], words[3].Replace("-", "", StringComparison.Ordinal));
        var (payer, tax) = words.Length > 5
            ? (words[5].Replace('_', ' '), words[4])
            : ("PRAIRIE HEALTH PLAN", "512345678");
        body.AddRange([
            $"ST*835*{set:0000}",
            amount.TrimStart('0', '.').Length == 0 ? $"BPR*H*0*C*NON************{day}"
                : $"BPR*I*{amount}*C*ACH*CCP*01*111000025*DA*1234567*1{tax}**01*071000013*DA*7654321*{day}",
            $"TRN*1*{words[2]}*1{tax}", "DTM*405*20261115", $"N1*PR*{payer}", "N3*1 PLAN PLAZA", "N4*HARTFORD*CT*06156",
            "PER*BL*PROVIDER DESK*TE*8005551212", $"N1*PE*OAK STREET MEDICINE*XX*{Npi}", "REF*TJ*362222222",
        ]);
    }

    /// <summary>A segment of the header takes the place of ours; LX comes before the first claim.</summary>
    void AddSegment(string segment)
    {
        if (body.Count == 0) throw new FormatException($"{segment}: write payment … before it");
        var name = segment.Split('*')[0];
        var key = name == "N1" ? segment[..5] : name + "*";
        var at = name is "BPR" or "TRN" or "N1" ? body.FindIndex(s => s.StartsWith(key, StringComparison.Ordinal)) : -1;
        if (at >= 0)
        {
            body[at] = segment;
            return;
        }
        if (name == "CLP" && !body.Exists(static s => s.StartsWith("LX*", StringComparison.Ordinal))) body.Add("LX*1");
        body.Add(segment.Replace("NPI", Npi, StringComparison.Ordinal));
    }

    void EndSet()
    {
        if (body.Count == 0) return;
        body.Add($"SE*{body.Count + 1}*{set:0000}");
        foreach (var segment in body) File.Append(segment).Append("~\n");
        body.Clear();
    }

    void EndFile()
    {
        EndSet();
        if (set == 0) return;
        File.Append($"GE*{set}*{interchange}~\nIEA*1*{interchange:000000000}~\n");
        set = 0;
    }

    void Replace(string[] words)
    {
        EndFile();
        var (from, by) = (words[1].Replace('_', ' '), words.Length > 2 ? words[2].Replace('_', ' ') : "");
        from = from == "~" ? "~\n" : from.Replace("\\n", "\n", StringComparison.Ordinal);
        if (!File.ToString().Contains(from, StringComparison.Ordinal)) throw new FormatException($"replace: no {from}");
        File.Replace(from, by.Replace("\\n", "\n", StringComparison.Ordinal));
    }

    /// <summary><c>sent P1 member=A1 day=2026-09-01 96372:38.00:P1L1 J3420:50.00</c>.</summary>
    static Claim ClaimOf(string[] words)
    {
        var claim = new Claim();
        claim.Set(ClaimText.Id, Bytes(words[1]));
        var day = default(DateOnly);
        var total = Money.Zero;
        foreach (var word in words[2..])
        {
            if (word.Split('=') is [var name, var value])
            {
                if (name == "day") Days.TryRead(value, out day);
                else SetText(claim, name, value);
                continue;
            }
            var parts = word.Split(':');
            ref var line = ref claim.AddLine();
            (line.Code, line.Date) = (Code.Of(parts[0].Split('x')[0]), day);
            line.Units = Quantity.TryParse(Bytes(parts[0].Contains('x') ? parts[0].Split('x')[1] : "1"), out var units)
                ? units : Quantity.One;
            line.Charge = Money.TryParse(parts[1], out var charge) ? charge : throw new FormatException(word);
            if (parts.Length > 2) line.Control = claim.Append(Bytes(parts[2]));
            total += charge;
        }
        claim.Charge = total;
        return claim;
    }

    static void SetText(Claim claim, string name, string value)
    {
        var text = Bytes(value.Replace('_', ' '));
        switch (name)
        {
            case "member": claim.Set(Party.Subscriber, PartyField.MemberId, text); break;
            case "name": claim.Set(Party.Subscriber, PartyField.Name, text); break;
            case "first": claim.Set(Party.Subscriber, PartyField.First, text); break;
            case "rendering": claim.Set(Party.Rendering, PartyField.Npi, text); break;
            case "original": claim.Set(ClaimText.OriginalReference, text); break;
            case "frequency": claim.Frequency = value[0]; break;
            default: throw new FormatException($"sent: what is {name}?");
        }
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
