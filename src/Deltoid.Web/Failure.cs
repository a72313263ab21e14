using Deltoid.Values;
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
            { } e when IsFull(e) => (507, "The disk is full, and nothing was changed. Reading still works.",
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
        context.Response.StatusCode = status;
        return new RazorComponentResult<Pages.Problem>(new { Message = message, Next = next }).ExecuteAsync(context);
    }

    static bool IsFull(Exception e) => e is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: JobWork.Full }
        || (e.InnerException is { } inner && IsFull(inner));
}
