using Deltoid.Values;
using Deltoid.Web.Api;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What people see when something went wrong: what, and one next step. Never what was typed.</summary>
static partial class Failure
{
    [LoggerMessage(LogLevel.Error, "a bug: please report this ({Kind})\n{Where}")]
    static partial void Log(ILogger logger, string kind, string where);

    public static Task Answer(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (status, message, next) = error switch
        {
            InputException e => (422, e.At.Length > 0 ? $"{e.At}: {e.Message}" : e.Message, e.Try ?? ""),
            DbUpdateConcurrencyException => (409, "A colleague has changed this in the meantime.",
                "Load the page again: your text is still in the form when you go back."),
            Microsoft.AspNetCore.Http.BadHttpRequestException e => (e.StatusCode, "This request cannot be read.",
                "Go back and try again."),
            { } e when IsFull(e) => (507, "The disk is full, and nothing was changed. "
                    + "Each look at a patient is recorded, so that waits too.",
                "Make room on the disk, then try again: your text is still in the form when you go back."),
            { } e when JobWork.MayPass(e) => (503, "The database is away for the moment, and nothing was changed.",
                "Try again in a few seconds: your text is still in the form when you go back."),
            _ => (500, "Something went wrong here, and nothing was changed.", "Try again."),
        };
        // where and of which kind; never the message, which may quote what was typed
        if (status == 500)
            Log(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Deltoid"),
                error?.GetType().Name ?? "", error?.StackTrace ?? "");
        if (status == 503) context.Response.Headers.RetryAfter = "5";
        if (ApiProblem.IsFor(context)) return OfApi(error, status, message).ExecuteAsync(context);
        context.Response.StatusCode = status;
        return new RazorComponentResult<Pages.Problem>(new { Message = message, Next = next }).ExecuteAsync(context);
    }

    static ApiProblem OfApi(Exception? error, int status, string message) => error switch
    {
        InputException e => ApiProblem.Of(e),
        Microsoft.AspNetCore.Http.BadHttpRequestException => ApiProblem.OfStatus(status),
        DbUpdateConcurrencyException => new(409, "conflict", message, "Read it again, and send the change again."),
        _ => new(status, status == 500 ? "bug" : "away", message, "Try again later, with the same key."),
    };

    static bool IsFull(Exception e) => e is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: JobWork.Full }
        || (e.InnerException is { } inner && IsFull(inner));

    /// <summary>A page for what was answered with a number alone.</summary>
    public static Task Explain(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (context.Request.Headers.ContainsKey("HX-Request")) return Task.CompletedTask;
        if (ApiProblem.IsFor(context))
            return ApiProblem.OfStatus(context.Response.StatusCode).ExecuteAsync(context);
        var (title, message, next) = context.Response.StatusCode switch
        {
            404 or 405 => ("Nothing is here", "There is nothing at this address.",
                "It may have been typed wrong, or belong to another practice."),
            400 => ("This form is too old", "This form was opened in another session, and nothing was changed.",
                "Go back, load the page again, and send it once more."),
            403 => ("Not for your role", "Your role has no part in this.", "Ask the owner of the practice."),
            413 => ("Too large", "What was sent is too large, and nothing was changed.", "Send it in smaller parts."),
            429 => ("Too many tries", "There were too many tries in a short time.", "Wait a minute, then try again."),
            _ => ("This did not work", "The program could not answer this.", "Go back and try again."),
        };
        return new RazorComponentResult<Pages.Problem>(new
        {
            Title = title, Message = message, Next = next, IsQuiet = context.Response.StatusCode < 500,
        }) { StatusCode = context.Response.StatusCode }.ExecuteAsync(context);
    }
}
