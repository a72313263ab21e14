using Deltoid.Values;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What people see when something went wrong: what, and one next step. Never what was typed.</summary>
static class Failure
{
    public static Task Answer(HttpContext context)
    {
        var (status, message, next) = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            InputException e => (422, e.At.Length > 0 ? $"{e.At}: {e.Message}" : e.Message, e.Try ?? ""),
            DbUpdateConcurrencyException => (409, "A colleague has changed this in the meantime.",
                "Load the page again: your text is still in the form when you go back."),
            Microsoft.AspNetCore.Http.BadHttpRequestException e => (e.StatusCode, "This request cannot be read.",
                "Go back and try again."),
            _ => (500, "Something went wrong here, and nothing was changed.", "Try again."),
        };
        context.Response.StatusCode = status;
        return new RazorComponentResult<Pages.Problem>(new { Message = message, Next = next }).ExecuteAsync(context);
    }
}
