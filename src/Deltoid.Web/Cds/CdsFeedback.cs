using System.Net;
using Deltoid.Fhir;
using Deltoid.Results;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Deltoid.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web.Cds;

/// <summary>
/// What became of cards: which card, taken or not, why by its code. What a person typed is not kept: it may name a
/// patient.
/// </summary>
static class CdsFeedback
{
    public const int MostItems = 100;

    /// <exception cref="InputException">It is no feedback on cards of this service.</exception>
    public static List<CardAnswer> Read(ReadOnlyMemory<byte> body, CdsService service)
    {
        var items = FhirTree.Read(body).Root["feedback"u8].Items.ToList();
        if (items.Count is 0 or > MostItems)
            throw new InputException("feedback", $"there are not 1 to {MostItems} items", "send what became of cards");
        return [.. items.Select((item, i) => Read(item, i, service))];
    }

    static CardAnswer Read(FhirNode item, int index, CdsService service)
    {
        var outcome = item["outcome"u8].Peek();
        if (!Guid.TryParse(item["card"u8].Peek(), out var card))
            throw new InputException($"feedback[{index}].card", "this is no UUID", "send the uuid of the card");
        if (CdsCardId.FindingOf(card, service) is not { } finding
            || FindingHelp.Find(finding, Edits.Shipped.Edits) is null)
            throw new InputException($"feedback[{index}].card", "this is no card of this service",
                "send the uuid of the card to the service that showed it");
        if (outcome is not ("accepted" or "overridden"))
            throw new InputException($"feedback[{index}].outcome", "this is no outcome",
                "write accepted or overridden");
        var reason = item["overrideReason"u8]["reason"u8]["code"u8].Peek();
        return new()
        {
            Card = card, Service = service.Id, Finding = finding, IsAccepted = outcome == "accepted",
            Reason = outcome == "overridden" && CdsCards.Reasons.Any(r => r.Code == reason) ? reason : "",
        };
    }

    /// <summary>
    /// Opens the store for the practice that reports: that of the token of its program; or, for who tries it on this
    /// machine, the only one that there is. From elsewhere nobody writes into a practice without saying who they are;
    /// through a proxy all seem to be here.
    /// </summary>
    public static async Task<bool> Open(HttpContext context, PracticeDb db)
    {
        db.PersonId = null; // a browser's session is nobody here
        if (context.Request.Headers.Authorization.Count > 0
            && (await context.AuthenticateAsync(ApiAccess.Scheme)).Principal is { } program)
        {
            db.PracticeId = Acting.PracticeOf(program);
            return true;
        }
        if (context.RequestServices.GetRequiredService<ServeOptions>().PlainHttp
            || context.Connection.RemoteIpAddress is not { } from || !IPAddress.IsLoopback(from)) return false;
        db.PracticeId = 0;
        var all = await db.Practices.AsNoTracking().Select(static p => p.Id).Take(2)
            .ToListAsync(context.RequestAborted);
        if (all is not [var only]) return false;
        db.PracticeId = only;
        return true;
    }
}
