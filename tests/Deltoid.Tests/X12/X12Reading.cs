using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Claims;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Inquiries;
using Deltoid.X12.Remittances;
using Deltoid.X12.Status;

namespace Deltoid.Tests;

/// <summary>
/// What comes out of X12: all findings in the order of the file, and the claims as JSON with their places.
/// </summary>
internal sealed class X12Reading
{
    public List<Finding> Findings { get; } = [];

    public List<string> Claims { get; } = [];

    public List<EnvelopePart> Parts { get; } = [];

    public int Blocks { get; private set; }

    public int Sets => Parts.Count(static p => p.Kind == EnvelopeKind.Set);

    public IEnumerable<Finding> Errors => Findings.Where(static f => f.Severity == Severity.Error);

    readonly X12Readers readers;
    readonly bool keepsClaims;
    readonly ArrayBufferWriter<byte>? claims;
    readonly Acknowledger? acknowledger;

    X12Reading(X12Readers readers, bool keepsClaims, ArrayBufferWriter<byte>? claims, Acknowledger? acknowledger) =>
        (this.readers, this.keepsClaims, this.claims, this.acknowledger) =
            (readers, keepsClaims || claims is not null, claims, acknowledger);

    /// <summary>
    /// Reads a file that comes in pieces of <paramref name="chunk"/> bytes and is cut into parts of
    /// <paramref name="setPart"/> in blocks of <paramref name="size"/>.
    /// </summary>
    /// <param name="claims">Gets the claims with their places, instead of <see cref="Claims"/>.</param>
    public static X12Reading Of(ReadOnlySpan<byte> file, int size = BlockCutter.UsualSize, int chunk = int.MaxValue,
        bool keepsClaims = false, X12Readers? readers = null, Acknowledger? acknowledger = null,
        int setPart = BlockCutter.UsualSetPart, ArrayBufferWriter<byte>? claims = null)
    {
        var reading = new X12Reading(readers ?? new X12Readers(), keepsClaims, claims, acknowledger);
        var cutter = new BlockCutter(TransactionSets.All, size, setPart);
        while (true)
        {
            while (cutter.TryTake(out var block))
            {
                reading.Take(block);
                cutter.Return(block);
            }
            if (file.IsEmpty)
            {
                if (reading.isComplete) return reading;
                cutter.Complete();
                reading.isComplete = true;
                continue;
            }
            var room = cutter.Room().Span;
            var count = Math.Min(Math.Min(room.Length, chunk), file.Length);
            file[..count].CopyTo(room);
            file = file[count..];
            cutter.Advance(count);
        }
    }

    bool isComplete;
    readonly JoinedSegments joined = new();

    /// <summary>
    /// Reads many small files in one go, as the interchanges of one, and gives each its own findings, with places as if
    /// it were alone. The numbers of the interchanges are changed, so that none stands twice.
    /// </summary>
    public static List<List<Finding>> OfEach(List<byte[]> files, X12Readers readers)
    {
        const int Number = 90, Digits = 9;
        var (all, starts) = (new byte[files.Sum(static f => f.Length)], new List<int>());
        var at = 0;
        foreach (var file in files)
        {
            starts.Add(at);
            file.CopyTo(all, at);
            var number = Encoding.ASCII.GetBytes(starts.Count.ToString("D9",
                System.Globalization.CultureInfo.InvariantCulture));
            number.CopyTo(all, at + Number);
            at += file.Length;
            number.CopyTo(all, at - Digits - 1);
        }
        var found = files.ConvertAll(static _ => new List<Finding>());
        foreach (var finding in Of(all, readers: readers).Findings)
            found[finding.Source.Interchange - 1].Add(finding with
            {
                Source = finding.Source with
                {
                    Interchange = 1, ByteOffset = finding.Source.ByteOffset - starts[finding.Source.Interchange - 1]
                }
            });
        return found;
    }

    void Take(Block block)
    {
        Blocks++;
        foreach (var item in block.Items)
        {
            if (item.Part is { } part)
            {
                Parts.Add(part);
                if (part.Kind == EnvelopeKind.Set) joined.Begin();
                if (part.Kind == EnvelopeKind.SetEnd) joined.Settle(part.Findings);
                acknowledger?.Take(part);
                Add(part.Findings);
            }
            else if (item.SetPart is { } setPart) Read(block.Bytes, setPart);
        }
    }

    void Add(FindingList findings)
    {
        foreach (ref readonly var finding in findings.Span) Findings.Add(finding);
        findings.Clear();
    }

    void Read(byte[] bytes, SetPart setPart)
    {
        switch (setPart.Set.Guide!.Name)
        {
            case "837P" or "837I": ReadClaims(bytes, setPart); break;
            case "835": ReadPayments(bytes, setPart); break;
            case "277CA": ReadStatuses(bytes, setPart); break;
            case "999": ReadVerdicts(bytes, setPart); break;
            default: ReadInquiries(bytes, setPart); break;
        }
    }

    void ReadClaims(byte[] bytes, SetPart setPart)
    {
        var reader = readers.Claims;
        reader.Open(bytes, setPart);
        while (reader.Read(readers.Claim, readers.About))
        {
            var claim = readers.Claim;
            Keep(claim.Source, w => ClaimJson.Write(claim, w));
            Take(reader.SetFindings, default, default, 0);
            Take(readers.About, "CLM01"u8, claim[ClaimText.Id], claim.Source.Segment);
        }
        Take(reader.SetFindings, default, default, 0);
    }

    void ReadPayments(byte[] bytes, SetPart setPart)
    {
        var reader = readers.Remittances;
        if (setPart.Data.Ordinal == 1) readers.Balance.Begin();
        reader.Open(bytes, setPart, readers.Remittance, readers.Sums);
        while (reader.Read(readers.Payment, readers.About))
        {
            var payment = readers.Payment;
            Keep(payment.Source, w => RemittanceJson.Write(payment, w));
            Take(readers.About, "TRN02"u8, readers.Remittance[RemittanceText.Trace], 3);
        }
        readers.Balance.Add(readers.Remittance, readers.Sums);
        if (setPart.IsLast) readers.Balance.Judge(reader.SetFindings);
        Take(reader.SetFindings, "TRN02"u8, readers.Remittance[RemittanceText.Trace], 3);
    }

    void ReadStatuses(byte[] bytes, SetPart setPart)
    {
        readers.Statuses.Read(bytes, setPart, readers.Status, readers.About);
        if (setPart.IsLast) Keep(readers.Status.Source, w => ClaimStatusJson.Write(readers.Status, w));
        Take(readers.About, default, default, 0);
    }

    void ReadInquiries(byte[] bytes, SetPart setPart)
    {
        readers.Inquiries.Read(bytes, setPart, keepsClaims ? readers.Inquiry : null, readers.About);
        if (setPart.IsLast) Keep(readers.Inquiry.Source, w => InquiryJson.Write(readers.Inquiry, w));
        Take(readers.About, default, default, 0);
    }

    void ReadVerdicts(byte[] bytes, SetPart setPart)
    {
        readers.Acknowledgments.Read(bytes, setPart, readers.Acknowledgment, readers.About);
        Keep(readers.Acknowledgment.Source, w => AcknowledgmentJson.Write(readers.Acknowledgment, w));
        Take(readers.About, default, default, 0);
    }

    void Take(FindingList findings, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> unit, int from)
    {
        joined.Take(findings);
        acknowledger?.Take(findings, kind, unit, from);
        Add(findings);
    }

    void Keep(SourcePlace source, Action<Utf8JsonWriter> write)
    {
        if (!keepsClaims) return;
        if (claims is not null)
        {
            claims.Write(MemoryMarshal.AsBytes((ReadOnlySpan<long>)
                [source.Interchange, source.Group, source.Set, source.Segment, source.ByteOffset]));
            readers.Json.Reset(claims);
            write(readers.Json);
            readers.Json.Flush();
            return;
        }
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) write(writer);
        Claims.Add($"{source} {Encoding.UTF8.GetString(stream.ToArray())}");
    }

    /// <summary>A finding with its place, for people and for comparing.</summary>
    public static string Text(in Finding finding) =>
        $"{finding.Info.Id} {finding.Info.Name} {GuideNames.RowOf(finding)} {FindingText.Of(finding.B)} "
            + $"{GuideNames.NameOf(finding.C)} line {finding.Place.Line} {finding.Source} {finding.D}";
}

/// <summary>Readers that are used again and again.</summary>
internal sealed class X12Readers
{
    /// <summary>Nothing is known by its look or remembered.</summary>
    public bool IsCareful
    {
        init
        {
            Claims.IsCareful = value;
            Remittances.IsCareful = value;
            Statuses.IsCareful = value;
            Acknowledgments.IsCareful = value;
        }
    }

    public Utf8JsonWriter Json { get; } = new(Stream.Null);

    public ClaimReader Claims { get; } = new();

    public Claim Claim { get; } = new();

    public FindingList About { get; } = new();

    public RemittanceReader Remittances { get; } = new();

    public Remittance Remittance { get; } = new();

    public RemittanceSums Sums { get; } = new();

    public RemittanceBalance Balance { get; } = new();

    public ClaimPayment Payment { get; } = new();

    public ClaimStatusReader Statuses { get; } = new();

    public ClaimStatus Status { get; } = new();

    public InquiryReader Inquiries { get; } = new();

    public Inquiry Inquiry { get; } = new();

    public AcknowledgmentReader Acknowledgments { get; } = new();

    public Acknowledgment Acknowledgment { get; } = new();
}
