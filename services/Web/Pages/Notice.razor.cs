using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaAspire.Web.Language;

namespace MsaAspire.Web.Pages;

/// <summary>States a problem and what to do next.</summary>
public sealed partial class Notice
{
    [Parameter, EditorRequired]
    public required NoticeText Says { get; set; }

    /// <summary>Whether a retry may help.</summary>
    [Parameter]
    public bool Repeat { get; set; }

    internal static RazorComponentResult<Notice> Unreachable(Texts text) =>
        Page.Of<Notice>(new { Says = text.Unreachable, Repeat = true }, StatusCodes.Status503ServiceUnavailable);

    internal static RazorComponentResult<Notice> Failed(Texts text) =>
        Page.Of<Notice>(new { Says = text.Failed, Repeat = true }, StatusCodes.Status500InternalServerError);

    internal static RazorComponentResult<Notice> NotFound(NoticeText says) => Page.Of<Notice>(new { Says = says }, StatusCodes.Status404NotFound);

    /// <summary>A client of an unknown API path gets problem details, a browser gets a page.</summary>
    internal static Results<RazorComponentResult<Notice>, NotFound> Unknown(HttpRequest request, Texts text) =>
        request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/assets") ? TypedResults.NotFound() : NotFound(text.UnknownPage);
}
