using System.Buffers;
using System.Globalization;
using Deltoid.Batch;
using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Results;

namespace Deltoid.Bench;

/// <summary>
/// Remittances read, balanced, matched to the claims as sent (which are in memory) and answered as JSON, on two cores:
/// one in five claims is denied (at least 50,000 claims/s), or none.
/// </summary>
static class RemitBench
{
    const int Claims = 20_000, Rounds = 8;

    public static void Run()
    {
        var (book, sent, unused) = (StarterBook.Open(), new SentClaims(), new FindingList());
        var source = new ClaimSource(new MemoryStream(ClaimFiles.Usual(Claims)));
        while (source.Read(unused) is { } claim) sent.Add(claim.Detach());
        foreach (var (what, denied) in (ReadOnlySpan<(string, int)>)[("one in five denied", 5), ("all paid", 0)])
        {
            var file = ClaimFiles.Remittance(Claims, denied);
            foreach (var workers in (ReadOnlySpan<int>)[1, 2])
            {
                var best = decimal.MaxValue;
                var allocated = 0L;
                for (var round = 0; round < Rounds; round++)
                {
                    var before = GC.GetTotalAllocatedBytes();
                    best = Math.Min(best, Measure.Seconds(() => Answer(book, sent, file, workers), ofThread: false));
                    allocated = GC.GetTotalAllocatedBytes() - before;
                }
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"remit, {what}, {workers} workers {Claims / best,12:N0} claims/s {allocated / Claims,8:N0} B/claim"));
            }
        }
    }

    static void Answer(CodeBook book, SentClaims sent, byte[] bytes, int workers)
    {
        var input = new RemitInput("usual.835", () => new MemoryStream(bytes, writable: false));
        var run = new RemitRun(book, sent, new Dictionary<string, PayerTerms>(), new(2026, 4, 6));
        var file = run.Survey(input, isEarlier: false, default);
        run.Judge();
        if (!file.Sets[0].IsBalanced) throw new InvalidOperationException("the file does not balance");
        var text = new ArrayBufferWriter<byte>();
        var json = new RemitJson(file, book, text, indented: false);
        json.Begin();
        run.Answer(file, input, workers, isJson: true, made =>
        {
            foreach (var (set, start, length) in made.Claims)
                json.Add(set, made.Text.WrittenSpan.Slice(start, length));
            json.Flush();
            text.ResetWrittenCount();
        }, default);
        json.End();
    }
}
