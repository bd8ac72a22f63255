//! A source file as the rules see it: what it declares, what it names, and what it does, without its tests.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, BinOp, Expr, Item, Lit, Token, UseTree};

/// A path that is named, such as `crate::flow::Flow`, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
}

/// A method that is called, and on what: the last word of the receiver, with `self` as the type of the `impl`.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) method: String,
    pub(super) receiver: String,
    pub(super) line: usize,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub(super) lines: usize,
    pub(super) declared: BTreeSet<String>,
    /// Macros that callers name at the root.
    pub(super) exported: BTreeSet<String>,
    /// Types that are errors: derived or implemented.
    pub(super) errors: BTreeSet<String>,
    /// Names that a `use` brings in, and the path that they stand for.
    pub(super) uses: Vec<(String, Named)>,
    pub(super) globs: Vec<Named>,
    pub(super) named: Vec<Named>,
    pub(super) calls: Vec<Call>,
    /// Methods: their types, their names, and whether others can call them.
    pub(super) methods: Vec<(String, String, bool)>,
    pub(super) macros: Vec<Named>,
    /// Things that are never allowed, in words.
    pub(super) odd: Vec<(usize, &'static str)>,
    /// Indexing that may panic.
    pub(super) indexed: Vec<usize>,
    /// Arithmetic on figures, comparisons of them, numbers with a point, casts to them.
    pub(super) computed: Vec<usize>,
    /// Divisions.
    pub(super) divided: Vec<usize>,
}

impl Source {
    pub(super) fn read(text: &str) -> Result<Self, syn::Error> {
        let mut file = syn::parse_file(text)?;
        WithoutTests.visit_file_mut(&mut file);
        let mut source = Self {
            lines: text.lines().count(),
            ..Self::default()
        };
        for item in &file.items {
            source.declare(item);
        }
        let mut reader = Reader {
            source: &mut source,
            of: Vec::new(),
        };
        reader.visit_file(&file);
        source.tokens(file.to_token_stream());
        Ok(source)
    }

    fn declare(&mut self, item: &Item) {
        let name = match item {
            Item::Const(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Fn(item) => &item.sig.ident,
            Item::Mod(item) => &item.ident,
            Item::Static(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::Type(item) => &item.ident,
            Item::Union(item) => &item.ident,
            Item::Macro(item) => {
                self.declared
                    .extend(item.ident.as_ref().map(ToString::to_string));
                if item
                    .attrs
                    .iter()
                    .any(|attribute| attribute.path().is_ident("macro_export"))
                {
                    self.exported
                        .extend(item.ident.as_ref().map(ToString::to_string));
                }
                // What a macro of this crate declares is written in it as it would be without.
                return self.declare_tokens(item.mac.tokens.clone());
            }
            _ => return,
        };
        self.declared.insert(name.to_string());
        let attributes = match item {
            Item::Enum(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            _ => return,
        };
        if attributes.iter().any(|attribute| {
            attribute.path().is_ident("derive")
                && attribute.to_token_stream().to_string().contains("Error")
        }) {
            self.errors.insert(name.to_string());
        }
    }

    fn declare_tokens(&mut self, tokens: TokenStream) {
        let mut last = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    let declares = [
                        "enum",
                        "struct",
                        "fn",
                        "const",
                        "type",
                        "trait",
                        "macro_rules",
                    ];
                    if declares.contains(&last.as_str()) {
                        self.declared.insert(ident.to_string());
                    }
                    last = ident.to_string();
                }
                TokenTree::Group(group) => self.declare_tokens(group.stream()),
                _ => {}
            }
        }
    }

    /// All paths, wherever they stand: in types, expressions, patterns and what is handed to macros.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let colons = |at: usize| {
            let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
            colon(at) && colon(at + 1)
        };
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) => {
                    let line = ident.span().start().line;
                    // What follows `<T>::` belongs to a type that is not spelled out.
                    let of_type = at > 2
                        && colons(at - 2)
                        && matches!(&tokens[at - 3], TokenTree::Punct(p) if p.as_char() == '>');
                    if of_type {
                        self.calls.push(Call {
                            method: ident.to_string(),
                            receiver: "?".to_owned(),
                            line,
                        });
                    }
                    let mut path = vec![plain(ident)];
                    // A name after a point is a field or a method, not a path.
                    let point = at > 0
                        && matches!(&tokens[at - 1], TokenTree::Punct(p) if p.as_char() == '.')
                        && !(at > 1
                            && matches!(&tokens[at - 2], TokenTree::Punct(p) if p.as_char() == '.'));
                    while colons(at + 1)
                        && let Some(TokenTree::Ident(next)) = tokens.get(at + 3)
                    {
                        path.push(plain(next));
                        at += 3;
                    }
                    let bang = matches!(tokens.get(at + 1), Some(TokenTree::Punct(p)) if p.as_char() == '!')
                        && matches!(tokens.get(at + 2), Some(TokenTree::Group(_)));
                    let named = Named { path, line };
                    if bang {
                        self.macros.push(named.clone());
                    }
                    if named.path == ["unsafe"] {
                        self.odd.push((line, "unsafe code"));
                    }
                    if !point {
                        self.named.push(named);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn import(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| {
            let mut path = before.to_vec();
            path.push(name.to_string());
            path
        };
        match tree {
            UseTree::Path(tree) => self.import(&with(&tree.ident), &tree.tree),
            UseTree::Group(tree) => tree.items.iter().for_each(|tree| self.import(before, tree)),
            UseTree::Name(tree) => {
                let line = tree.ident.span().start().line;
                let mut path = with(&tree.ident);
                if tree.ident == "self" {
                    path.pop();
                }
                let name = path.last().cloned().unwrap_or_default();
                self.uses.push((name, Named { path, line }));
            }
            UseTree::Rename(tree) => {
                let line = tree.ident.span().start().line;
                let mut path = with(&tree.ident);
                if tree.ident == "self" && path.len() > 1 {
                    path.pop();
                }
                self.uses
                    .push((tree.rename.to_string(), Named { path, line }));
            }
            UseTree::Glob(tree) => {
                let line = tree.star_token.spans[0].start().line;
                let path = before.to_vec();
                self.globs.push(Named { path, line });
            }
        }
    }
}

/// The name without the mark of names that are also keywords.
fn plain(name: &proc_macro2::Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

/// Takes out what is compiled for tests only.
struct WithoutTests;

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string().replace(' ', "");
        ["#[cfg(test)]", "#[test]", "#[cfg(doctest)]"].contains(&text.as_str())
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

impl VisitMut for WithoutTests {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        file.items.retain(|item| !is_test(attributes(item)));
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            items.retain(|item| !is_test(attributes(item)));
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        item.items.retain(|item| match item {
            syn::ImplItem::Fn(item) => !is_test(&item.attrs),
            syn::ImplItem::Const(item) => !is_test(&item.attrs),
            _ => true,
        });
        visit_mut::visit_item_impl_mut(self, item);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        // Texts about the code are not code.
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }
}

struct Reader<'a> {
    source: &'a mut Source,
    /// The types of the `impl` blocks around.
    of: Vec<String>,
}

/// The name of a type without its path and arguments.
fn type_name(kind: &syn::Type) -> String {
    match kind {
        syn::Type::Path(path) => path
            .path
            .segments
            .last()
            .map_or_else(String::new, |segment| segment.ident.to_string()),
        syn::Type::Reference(reference) => type_name(&reference.elem),
        syn::Type::Paren(inner) => type_name(&inner.elem),
        syn::Type::Group(inner) => type_name(&inner.elem),
        _ => String::new(),
    }
}

impl Reader<'_> {
    fn receiver(&self, expr: &Expr) -> String {
        match expr {
            Expr::Path(path) => match path.path.segments.last() {
                Some(last) if last.ident == "self" => {
                    self.of.last().cloned().unwrap_or_else(|| "self".to_owned())
                }
                Some(last) => last.ident.to_string(),
                None => String::new(),
            },
            Expr::Field(field) => field.member.to_token_stream().to_string(),
            Expr::MethodCall(call) => format!("{}()", call.method),
            Expr::Call(call) => format!("{}()", self.receiver(&call.func)),
            Expr::Paren(inner) => self.receiver(&inner.expr),
            Expr::Group(inner) => self.receiver(&inner.expr),
            Expr::Reference(inner) => self.receiver(&inner.expr),
            Expr::Try(inner) => self.receiver(&inner.expr),
            Expr::Unary(inner) => self.receiver(&inner.expr),
            _ => "?".to_owned(),
        }
    }
}

/// Whether an expression takes a field of another value than `self`: a figure of a report, where a writer has it.
fn takes_a_figure(expr: &Expr) -> bool {
    match expr {
        Expr::Field(field) => {
            !matches!(&*field.base, Expr::Path(path) if path.path.is_ident("self"))
                && matches!(field.member, syn::Member::Named(_))
        }
        Expr::Binary(binary) => takes_a_figure(&binary.left) || takes_a_figure(&binary.right),
        Expr::Paren(inner) => takes_a_figure(&inner.expr),
        Expr::Unary(inner) => takes_a_figure(&inner.expr),
        Expr::Reference(inner) => takes_a_figure(&inner.expr),
        Expr::Cast(inner) => takes_a_figure(&inner.expr),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.source.import(&[], &item.tree);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let line = item.ident.span().start().line;
        self.source.odd.push((line, "`extern crate`"));
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let of = type_name(&item.self_ty);
        for inner in &item.items {
            if let syn::ImplItem::Fn(function) = inner
                && item.trait_.is_none()
            {
                let open = !matches!(function.vis, syn::Visibility::Inherited);
                let name = function.sig.ident.to_string();
                self.source.methods.push((of.clone(), name, open));
            }
        }
        if let Some((_, path, _)) = &item.trait_
            && path
                .segments
                .last()
                .is_some_and(|last| last.ident == "Error")
        {
            self.source.errors.insert(of.clone());
        }
        self.of.push(of);
        visit::visit_item_impl(self, item);
        self.of.pop();
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let text = attribute.to_token_stream().to_string();
        let line = attribute.pound_token.spans[0].start().line;
        let eases = attribute.path().is_ident("allow") || attribute.path().is_ident("expect");
        let guarded = ["unwrap_used", "expect_used", "indexing", "unsafe", "print_"];
        if eases && guarded.iter().any(|lint| text.contains(lint)) {
            self.source.odd.push((line, "a lint is switched off"));
        }
        if attribute.path().is_ident("path") {
            self.source.odd.push((line, "a module of another file"));
        }
        // Paths in texts, as serde takes them.
        let syn::Meta::List(list) = &attribute.meta else {
            return;
        };
        for word in text.split('"').skip(1).step_by(2) {
            if let Ok(tokens) = word.parse::<TokenStream>()
                && (word.contains("::") || !list.path.is_ident("doc"))
            {
                self.source.tokens(tokens);
            }
        }
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        // Most are called with expressions.
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        if call.delimiter_is_round()
            && let Ok(parts) = call.parse_body_with(parser)
        {
            for part in &parts {
                Reader {
                    source: &mut *self.source,
                    of: self.of.clone(),
                }
                .visit_expr(part);
            }
        } else {
            self.macro_tokens(call.tokens.clone());
        }
    }

    fn visit_expr(&mut self, expr: &'ast Expr) {
        let line = syn::spanned::Spanned::span(expr).start().line;
        match expr {
            Expr::MethodCall(call) => {
                let receiver = self.receiver(&call.receiver);
                self.source.calls.push(Call {
                    method: call.method.to_string(),
                    receiver,
                    line: call.method.span().start().line,
                });
            }
            Expr::Index(index) => {
                let all = matches!(&*index.index, Expr::Range(range) if range.start.is_none() && range.end.is_none());
                if !all {
                    self.source.indexed.push(line);
                }
            }
            Expr::Lit(literal) if matches!(literal.lit, Lit::Float(_)) => {
                self.source.computed.push(line);
            }
            Expr::Cast(cast) if ["f64", "f32"].contains(&type_name(&cast.ty).as_str()) => {
                self.source.computed.push(line);
            }
            Expr::Binary(binary) => {
                let computes = !matches!(
                    binary.op,
                    BinOp::And(_) | BinOp::Or(_) | BinOp::Eq(_) | BinOp::Ne(_)
                );
                if computes && (takes_a_figure(&binary.left) || takes_a_figure(&binary.right)) {
                    self.source.computed.push(line);
                }
                let literal = matches!(&*binary.right, Expr::Lit(_));
                if matches!(binary.op, BinOp::Div(_) | BinOp::DivAssign(_)) && !literal {
                    self.source.divided.push(line);
                }
            }
            _ => {}
        }
        visit::visit_expr(self, expr);
    }
}

impl Reader<'_> {
    /// Calls in what is handed to a macro that takes no expressions; on what, nobody knows.
    fn macro_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let after_value = at > 0
                        && match &tokens[at - 1] {
                            TokenTree::Ident(ident) => {
                                let word = ident.to_string();
                                !["in", "return", "let", "mut", "match", "if"]
                                    .contains(&word.as_str())
                            }
                            TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
                            _ => false,
                        };
                    if group.delimiter() == Delimiter::Bracket && after_value {
                        let line = group.span_open().start().line;
                        self.source.indexed.push(line);
                    }
                    self.macro_tokens(group.stream());
                }
                TokenTree::Ident(ident)
                    if at > 0
                        && matches!(&tokens[at - 1], TokenTree::Punct(p) if p.as_char() == '.') =>
                {
                    let line = ident.span().start().line;
                    let receiver = match at.checked_sub(2).map(|before| &tokens[before]) {
                        Some(TokenTree::Ident(before)) => before.to_string(),
                        _ => "?".to_owned(),
                    };
                    if matches!(tokens.get(at + 1), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
                    {
                        self.source.calls.push(Call {
                            method: ident.to_string(),
                            receiver,
                            line,
                        });
                    }
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('.') {
                        self.source.computed.push(literal.span().start().line);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether a macro is called with `(...)`.
trait Round {
    fn delimiter_is_round(&self) -> bool;
}

impl Round for syn::Macro {
    fn delimiter_is_round(&self) -> bool {
        matches!(
            self.delimiter,
            syn::MacroDelimiter::Paren(_) | syn::MacroDelimiter::Bracket(_)
        )
    }
}
