using Microsoft.AspNetCore.Components;

namespace MsaAspire.Web.Layout;

/// <summary>The layout around the content of every page.</summary>
public sealed partial class Shell
{
    internal const string Shelves = "shelves", Orders = "orders", Cart = "cart";

    /// <summary>Null on the shop's front page.</summary>
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Which entry of the menu this page is.</summary>
    [Parameter]
    public string? Current { get; set; }

    /// <summary>What was searched for.</summary>
    [Parameter]
    public string? Search { get; set; }

    /// <summary>The page's own script, beside the one of all pages.</summary>
    [Parameter]
    public string? Script { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string? Here(string entry) => entry == Current ? "page" : null;
}
