from django.urls import path

from throughgate.pages.mine import choosing, copy_pages, giving, record_pages, story, telling_pages, views

BOOK = "as/<uuid:post_id>/people/<uuid:person_id>/book/"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/next/", views.next_things, name="mine_next"),
    path("mine/word/", views.word, name="mine_word"),
    path("mine/word/new/", views.new_word, name="mine_new_word"),
    path("mine/plan/", record_pages.plan, name="mine_plan"),
    path("mine/plan.<slug:ending>", record_pages.plan_file, name="mine_plan_file"),
    path("mine/written/", record_pages.written, name="mine_written"),
    path("mine/sharing/", record_pages.sharing, name="mine_sharing"),
    path("mine/sharing/change/", choosing.choose, name="mine_choose"),
    path("mine/looks/", record_pages.looks, name="mine_looks"),
    path("mine/tell/", telling_pages.tell, name="mine_tell"),
    path("mine/copy/", copy_pages.page, name="mine_copy"),
    path("mine/copy.zip", copy_pages.folder, name="mine_copy_file"),
    path("mine/story/", story.story, name="mine_story"),
    path("mine/story/helps/", story.helps, name="mine_helps"),
    path("mine/story/hard/", story.hard, name="mine_hard"),
    path("mine/story/reach/", story.reach, name="mine_reach"),
    path("mine/story/shown/", story.shown, name="mine_shown"),
    path("mine/story/file/", story.attach, name="mine_attach"),
    path("mine/story/file/<uuid:entry_id>/", story.attached, name="mine_file"),
    path("mine/story/file/<uuid:entry_id>/away/", story.take_away, name="mine_take_away"),
    path("mine/story/<slug:topic>/", story.words, name="mine_words"),
    path("mine/look/", views.change_look, name="mine_look"),
    path("mine/hide/", views.hide, name="mine_hide"),
    path("mine/leave/", views.leave, name="mine_leave"),
    path("bank-holidays/", views.bank_holidays, name="bank_holidays"),
    path("as/<uuid:post_id>/told/", telling_pages.told, name="told"),
    path(
        "as/<uuid:post_id>/people/<uuid:person_id>/told/<uuid:entry_id>/",
        telling_pages.answer,
        name="answer_told",
    ),
    path(BOOK, giving.book, name="book"),
    path(f"{BOOK}code/", giving.give, name="give_code"),
    path(f"{BOOK}stop/", giving.stop, name="stop_code"),
    path(f"{BOOK}beside/", giving.beside, name="open_beside"),
]
